import { useState } from "react";
import { imports } from "../../api/endpoints.ts";
import type { RowState } from "../../api/model.ts";
import type { Import } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import type { Change } from "./ImportPreview.tsx";
import { ImportRowLine } from "./ImportRowLine.tsx";
import { PayeeCategories } from "./PayeeCategories.tsx";

type View = "all" | RowState | "payees";

const rowsPerPage = 100;

function viewsOf(batch: Import, locale: string): Segment<View>[] {
  const views: [View, string, number][] = [
    ["all", "All rows", batch.rows],
    ["new", "New", batch.new],
    ["duplicate", "Duplicates", batch.duplicates],
    ["problem", "Problems", batch.problems],
    ["skipped", "Skipped", batch.skipped],
  ];
  const shown = views.filter(([view, , count]) => view === "all" || count > 0);
  return [
    ...shown.map(([value, name, count]) => ({
      value,
      label: (
        <>
          {name} <span className="count">{count.toLocaleString(locale)}</span>
        </>
      ),
    })),
    { value: "payees", label: "By payee" },
  ];
}

export function ImportRows({ batch, onChange }: { batch: Import; onChange: Change }) {
  const { locale } = useSession();
  const [view, setView] = useState<View>("all");
  return (
    <section aria-label="Rows of the file">
      <Segments
        label="Which rows"
        segments={viewsOf(batch, locale)}
        value={view}
        onChange={setView}
      />
      {view === "payees" ? (
        <PayeeCategories batch={batch} onChange={onChange} />
      ) : (
        <RowTable key={view} batch={batch} view={view} onChange={onChange} />
      )}
    </section>
  );
}

type RowTableProps = { batch: Import; view: Exclude<View, "payees">; onChange: Change };

function RowTable({ batch, view, onChange }: RowTableProps) {
  const [page, setPage] = useState(1);
  const state = view === "all" ? undefined : view;
  const key = `import rows ${batch.id} ${view} ${page}`;
  const { value: rows, error } = useResource(key, () =>
    imports.rows(batch.id, { state, page, limit: rowsPerPage }),
  );
  if (error && !rows) return <ProblemNote error={error} />;
  if (!rows) return <Loading rows={8} />;
  const { total, total_pages } = rows.pagination;
  return (
    <div className="card table-card">
      <table className="table import-table">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Take</span>
            </th>
            <th scope="col">Date</th>
            <th scope="col">Payee</th>
            <th scope="col">Category</th>
            <th scope="col" className="right">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.data.map((row) => (
            <ImportRowLine key={row.number} row={row} onChange={onChange} />
          ))}
        </tbody>
      </table>
      {total === 0 && <p className="table-empty">No such rows.</p>}
      <Pager
        page={page}
        pages={total_pages ?? 1}
        onChange={setPage}
        label="Pages of rows"
        back="Earlier rows"
        next="Later rows"
      />
    </div>
  );
}
