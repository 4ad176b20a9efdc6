import HTTPTypes
import Ledger
import Storage

/// The server's own work over HTTP: what waits, what runs, and what was given up and may be tried again.
struct JobRoutes: Sendable {
    var endpoints: [Endpoint] {
        [
            .person(
                .get,
                "admin/jobs",
                "The server's own work: what waits, runs, is done or was given up; the newest first",
                needs: .system(.systemRead),
                answers: .list(JobView.shape),
                handle: list
            ),
            .person(
                .post,
                "admin/jobs/{id}/retry",
                "Try work again that was given up",
                needs: .system(.jobsWrite),
                answers: .ok(JobView.shape),
                handle: retry
            ),
            .person(
                .delete,
                "admin/jobs/{id}",
                "Dismiss work that was given up",
                needs: .system(.jobsWrite),
                answers: .noContent,
                handle: dismiss
            ),
        ]
    }

    @Sendable private func list(
        _ call: PersonCall,
        _ query: JobQuery,
        _: NoFields
    ) async throws -> Reply {
        let (jobs, count) = try await call.environment.database.read(.shared) { transaction in
            let list = JobList(transaction: transaction)
            return (try list.jobs(query), try list.count(query))
        }
        let pagination = Pagination(
            page: query.page,
            perPage: query.perPage,
            total: count,
            nextCursor: nil
        )
        return .list(JobView.shape, jobs, pagination)
    }

    @Sendable private func retry(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let job = try await act("job_retry", call) { list, job, now in
            guard job.state != .dead || job.isKnown else {
                throw APIError.conflict("job.forgotten", "What this was to do is forgotten.")
            }
            return try list.revive(job.id, at: now) ? list.job(job.id) : nil
        }
        call.environment.jobSignal.raise(job.kind)
        return .ok(JobView.shape, job)
    }

    @Sendable private func dismiss(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        _ = try await act("job_dismiss", call) { list, job, _ in
            try list.dismiss(job.id) ? job : nil
        }
        return .noContent
    }

    /// Does something to work that was given up, and notes who did it on the server's trail.
    ///
    /// - Parameter body: returns the work as it then is, or was before it was dismissed; nil where it could not.
    private func act(
        _ action: String,
        _ call: PersonCall,
        _ body: @escaping @Sendable (JobList, JobView, Instant) throws -> JobView?
    ) async throws -> JobView {
        let id: JobID = try call.id("job")
        let (environment, now) = (call.environment, call.now)
        let event = SecurityEvent(
            action,
            about: .server,
            by: .person(call.person),
            entity: "job",
            entityID: id.value,
            on: call.client,
            requestID: call.requestID
        )
        return try await environment.database.write(.shared) { transaction in
            let list = JobList(transaction: transaction)
            guard let job = try body(list, list.job(id), now) else {
                throw APIError.conflict(
                    "job.not_dead",
                    "This work was not given up, or the same waits already."
                )
            }
            try SecurityTrail(transaction, environment).open(.server)
            try SecurityTrail(transaction, environment).add(event)
            return job
        }
    }
}
