import Ledger
import Storage

/// Which dashboard is asked for.
package struct DashboardQuery: RequestFields {
    let period: ReportPeriod.Kind
    let from: LocalDate?
    let to: LocalDate?
    let date: LocalDate?
    let includesPending: Bool

    package init(_ fields: inout FieldReader) {
        period = fields.optional("period", .choice()) ?? .month
        from = fields.optional("from", .date)
        to = fields.optional("to", .date)
        date = fields.optional("date", .date)
        includesPending = fields.optional("include_pending", .boolean) ?? false
        if let from, let to, to < from {
            fields.fault("to", "before_from", "must not be before from")
        }
    }
}

/// Which line of net worth is asked for.
package struct NetWorthQuery: RequestFields {
    let span: SpanQuery
    let interval: NetWorth.Interval

    package init(_ fields: inout FieldReader) {
        span = SpanQuery(&fields)
        interval = fields.optional("interval", .choice()) ?? .month
    }
}

/// Reports over HTTP.
package struct AnalyticsRoutes: Sendable {
    package init() {}

    package var endpoints: [Endpoint] {
        [
            .read(
                "analytics/dashboard",
                "Income, spending and savings of a period",
                limit: .reports,
                answers: .ok(Dashboard.shape),
                handle: dashboard
            ),
            .read(
                "analytics/net-worth",
                "What the household owned and owed over time",
                limit: .reports,
                answers: .ok(NetWorth.shape),
                handle: netWorth
            ),
        ]
    }

    @Sendable private func dashboard(
        _ call: MemberCall,
        _ query: DashboardQuery
    ) async throws -> Reply {
        let member = call.member
        let period = try ReportPeriod(
            query.period,
            containing: query.date ?? call.today,
            from: query.from,
            to: query.to,
            weekStart: member.weekStart
        )
        let question =
            "dashboard/\(query.period)/\(period.span.first)/\(period.span.last)/\(query.includesPending)"
        return try await call.cached(question) { snapshot in
            let report = DashboardReport(
                transaction: snapshot.transaction,
                member: member,
                kind: query.period,
                period: period,
                includesPending: query.includesPending
            )
            return DerivedAnswer(Dashboard.shape, try report.make())
        }
    }

    @Sendable private func netWorth(
        _ call: MemberCall,
        _ query: NetWorthQuery
    ) async throws -> Reply {
        let member = call.member
        let span = try query.span.span(today: call.today, days: 365)
        let question = "net-worth/\(span.first)/\(span.last)/\(query.interval)"
        return try await call.cached(question) { snapshot in
            let report = NetWorthReport(
                transaction: snapshot.transaction,
                member: member,
                span: span,
                interval: query.interval
            )
            return DerivedAnswer(NetWorth.shape, try report.make())
        }
    }
}
