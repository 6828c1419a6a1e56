/// Drawings from others, made harmless: shapes, gradients and letters, and nothing that runs, links or loads.
public enum Drawing {
    public struct Problem: Error, Hashable {
        /// To stand after a colon: `it holds the element <script>`.
        public let reason: String
    }

    /// The drawing written anew from what was understood of it. Cleaning it again changes nothing.
    public static func clean(_ svg: String) throws(Problem) -> String {
        do throws(SVGDrawing.Problem) {
            return try SVGDrawing.clean(svg)
        } catch {
            throw Problem(reason: error.description)
        }
    }
}
