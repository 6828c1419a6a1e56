public import Storage

/// The table of simulations. It names no member.
public enum SimulationSchema {
    public static let schema = Schema(
        room: "simulations",
        migrations: [
            Migration(
                number: 1, name: "simulations",
                statements: [
                    """
                    CREATE TABLE simulation_run (
                        programme_id {text} NOT NULL, run_id {id} NOT NULL, kind {text} NOT NULL, request {text} NOT NULL,
                        state {int} NOT NULL, created_at {int} NOT NULL, created_by {text} NOT NULL, finished_at {int},
                        done {int} NOT NULL, total {int} NOT NULL, result {text}, problem {text},
                        PRIMARY KEY (programme_id, run_id)
                    )
                    """
                ], isAdditive: true)
        ])
}
