import { type ReactNode, useId, useState } from "react";
import { IconButton } from "../ui/Button.tsx";

export type ChartTable = { columns: string[]; rows: ReactNode[][] };

/** A titled chart with the table behind it one press away. */
export function ChartFrame({
  title,
  controls,
  table,
  children,
}: {
  title: string;
  controls?: ReactNode;
  table: ChartTable;
  children: ReactNode;
}) {
  const [isTable, setTable] = useState(false);
  const titleId = useId();
  return (
    <section className="card chart-card" aria-labelledby={titleId}>
      <header className="card-head">
        <h2 id={titleId}>{title}</h2>
        <div className="card-tools">
          {controls}
          <IconButton
            icon={isTable ? "overview" : "table"}
            label={isTable ? `${title} as a chart` : `${title} as a table`}
            aria-pressed={isTable}
            onClick={() => setTable(!isTable)}
          />
        </div>
      </header>
      {isTable ? <TableBehind title={title} table={table} /> : children}
    </section>
  );
}

function TableBehind({ title, table }: { title: string; table: ChartTable }) {
  return (
    <div className="chart-table" tabIndex={0} role="region" aria-label={`${title}, table`}>
      <table className="table">
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th key={column} scope="col" className={index > 0 ? "right" : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((cells, line) => (
            <tr key={line}>
              {cells.map((cell, index) =>
                index === 0 ? (
                  <th key={index} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={index} className="right amount">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
