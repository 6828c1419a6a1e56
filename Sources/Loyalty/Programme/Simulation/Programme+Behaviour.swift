extension Programme {
    /// How the simulator's people behave: as the document says, or as follows from the declared event types.
    public var behaviour: Behaviour { simulation ?? .derived(from: self) }
}
