/// The words of what members join and choose about challenges.
extension Texts {
    static let jaJoining = JoiningTexts(
        join: "参加する",
        leave: "やめる",
        joined: "参加しています。",
        locked: "前の課題が終わると始められます。",
        goalLabel: "自分の目標",
        goalSave: "決める",
        payWith: "お支払い",
        parcelNext: "次の操作",
        parcelPacked: "梱包済みにする",
        parcelSent: "発送済みにする",
        level: { "レベル\($0)" },
        nextLevel: { "次のレベルは\($0)からです。" },
        toldJoined: "参加しました。",
        toldLeft: "参加をやめました。これまでの記録は残ります。",
        toldGoal: { "目標を\($0)に決めました。" },
        toldLevel: { "レベル\($0)になりました。" },
        toldBadgeGone: { "バッジ「\($0)」は取り消されました。もう一度獲得できます。" })
}
