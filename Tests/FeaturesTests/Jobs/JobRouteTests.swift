import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

@Suite struct JobRouteTests {
    /// Puts work in the queue that is given up at once.
    private func giveUp(
        _ staff: Staff,
        _ failure: JobFailure = .refused("no such host")
    ) async throws {
        let environment = staff.server.environment
        try await environment.database.write(.shared) { transaction in
            var job = NewJob("scripted", about: "a test", single: "one")
            job.payload = [1]
            try JobQueue(transaction, environment).add(job)
        }
        try await JobWorker(environment, ScriptedJob { _ in throw failure }).run()
    }

    private func dead(_ staff: Staff) async throws -> Answer {
        try await staff.admin.get("admin/jobs?state=dead&kind=scripted")
    }

    @Test(arguments: Engine.present)
    func `what was given up is seen, tried again and told of on the trail`(
        engine: Engine
    ) async throws {
        try await Staff.with(engine) { staff in
            try await giveUp(staff)
            let list = try await dead(staff)
            let id = try #require(list.data[0]["id"]?.text)

            #expect(list.data.elements.count == 1 && list.body?["pagination"]?["total"] == 1)
            #expect(list.data[0]["topic"] == "a test" && list.data[0]["error"] == "no such host")
            #expect(list.data[0]["attempts"] == 1 && list.data[0]["state"] == "dead")
            let system = try await staff.admin.get("admin/system")
            #expect(system.data["jobs"]?["dead"] == 1)

            let retried = try await staff.admin.call(.post, "admin/jobs/\(id)/retry")
            #expect(retried.status == 200 && retried.data["state"] == "waiting")
            #expect(retried.data["attempts"] == 0)
            let again = try await staff.admin.call(.post, "admin/jobs/\(id)/retry")
            #expect(again.status == 409 && again.code == "job.not_dead")

            try await JobWorker(staff.server.environment, ScriptedJob()).run()
            let done = try await staff.admin.get("admin/jobs?state=done&kind=scripted")
            #expect(done.data[0]["id"]?.text == id)
            #expect(try await staff.server.trail(of: nil).contains("job_retry success"))
        }
    }

    @Test(arguments: Engine.present)
    func `what was given up can be dismissed, and nothing else`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            try await giveUp(staff)
            let id = try #require(try await dead(staff).data[0]["id"]?.text)

            #expect(try await staff.admin.call(.delete, "admin/jobs/\(id)").status == 204)
            #expect(try await dead(staff).data.elements.isEmpty)
            #expect(try await staff.admin.call(.delete, "admin/jobs/\(id)").status == 404)

            let waiting = try await staff.admin.get("admin/jobs?state=waiting&kind=mail")
            let letter = try #require(waiting.data[0]["id"]?.text, "the letter of the sign-up")
            #expect(try await staff.admin.call(.delete, "admin/jobs/\(letter)").status == 409)
        }
    }

    @Test(arguments: Engine.present)
    func `what is forgotten or waits again is not tried again`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            try await giveUp(staff, .hopeless("never"))
            let id = try #require(try await dead(staff).data[0]["id"]?.text)
            let forgotten = try await staff.admin.call(.post, "admin/jobs/\(id)/retry")
            #expect(forgotten.status == 409 && forgotten.code == "job.forgotten")

            try await giveUp(staff)
            let environment = staff.server.environment
            try await environment.database.write(.shared) {
                _ = try JobQueue($0, environment)
                    .add(NewJob("scripted", about: "a test", single: "one"))
            }
            let second = try #require(try await dead(staff).data[0]["id"]?.text)
            let doubled = try await staff.admin.call(.post, "admin/jobs/\(second)/retry")
            #expect(doubled.status == 409 && doubled.code == "job.not_dead")
        }
    }

    @Test(arguments: Engine.present)
    func `an auditor sees the work and does nothing to it`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            try await giveUp(staff)
            let auditor = try await staff.join("Bob", as: .auditor)
            let list = try await auditor.get("admin/jobs")
            let id = try #require(try await dead(staff).data[0]["id"]?.text)

            #expect(list.status == 200)
            #expect(try await auditor.call(.post, "admin/jobs/\(id)/retry").status == 403)
            #expect(try await auditor.call(.delete, "admin/jobs/\(id)").status == 403)
            let wrong = try await auditor.get("admin/jobs?state=lost")
            #expect(wrong.status == 422)
        }
    }
}
