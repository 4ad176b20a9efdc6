import { useState } from "react";
import type { ColumnRole } from "../../api/model.ts";
import type { ImportMapping, ImportColumn } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { SelectField } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { Change } from "./ImportPreview.tsx";

const roleNames: Record<ColumnRole, string> = {
  date: "Date",
  value_date: "Value date",
  amount: "Amount",
  debit: "Money out",
  credit: "Money in",
  direction: "In or out, in words",
  fee: "Fee",
  payee: "Payee",
  payer: "Payer",
  text: "Text",
  bank_id: "Bank's id",
  currency: "Currency",
  balance: "Balance",
  category: "Category",
  status: "State",
  account: "Account",
  ignore: "Ignore",
};

const roles = Object.keys(roleNames) as ColumnRole[];

type EditorProps = { mapping: ImportMapping; onChange: Change; isBusy: boolean };

/** How the columns were read; each correction is tried at once on the rows below. */
export function MappingEditor(props: EditorProps) {
  const [isOpen, setOpen] = useState(() => lacksRole(props.mapping));
  return (
    <section className="card mapping">
      <button
        type="button"
        className="disclosure"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={isOpen ? "down" : "right"} />
        <span>Columns and format</span>
        <span className="muted clip">{summary(props.mapping)}</span>
      </button>
      {isOpen && <MappingFields {...props} />}
    </section>
  );
}

function lacksRole({ columns }: ImportMapping): boolean {
  const has = (role: ColumnRole) => columns.some((column) => column.role === role);
  return !has("date") || !(has("amount") || has("debit") || has("credit"));
}

function summary({ columns }: ImportMapping): string {
  return columns
    .filter(({ role }) => role !== "ignore")
    .map(({ role, header }) => (header ? `${header} → ${roleNames[role]}` : roleNames[role]))
    .join(", ");
}

function MappingFields({ mapping, onChange, isBusy }: EditorProps) {
  return (
    <div className="mapping-body" aria-busy={isBusy}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Columns of the file">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Holds</th>
              <th scope="col">For example</th>
            </tr>
          </thead>
          <tbody>
            {mapping.columns.map((column) => (
              <ColumnLine key={column.index} column={column} onChange={onChange} />
            ))}
          </tbody>
        </table>
      </div>
      <FormatFields mapping={mapping} onChange={onChange} isBusy={isBusy} />
    </div>
  );
}

function ColumnLine({ column, onChange }: { column: ImportColumn; onChange: Change }) {
  const name = column.header ?? `Column ${column.index + 1}`;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <SelectField
          label={`${name} holds`}
          isLabelHidden
          value={column.role}
          onChange={(role) =>
            void onChange({
              mapping: { columns: [{ index: column.index, role: role as ColumnRole }] },
            })
          }
        >
          {roles.map((role) => (
            <option key={role} value={role}>
              {roleNames[role]}
            </option>
          ))}
        </SelectField>
      </td>
      <td className="muted samples">{column.samples.slice(0, 3).join(" · ")}</td>
    </tr>
  );
}

const delimiters: [string, string][] = [
  [",", "Comma"],
  [";", "Semicolon"],
  ["\t", "Tab"],
  ["|", "Bar"],
];
const encodings: [string, string][] = [
  ["utf-8", "UTF-8"],
  ["utf-8-sig", "UTF-8 with a mark"],
  ["utf-16le", "UTF-16, little end first"],
  ["utf-16be", "UTF-16, big end first"],
  ["windows-1252", "Windows, western"],
  ["windows-1250", "Windows, central Europe"],
  ["iso-8859-1", "Latin 1"],
  ["iso-8859-15", "Latin 9"],
];

function FormatFields({ mapping, onChange, isBusy }: EditorProps) {
  const change = (patch: Parameters<Change>[0]["mapping"]) => void onChange({ mapping: patch });
  return (
    <div className="mapping-format">
      <SelectField
        label="Columns are divided by"
        value={mapping.delimiter}
        onChange={(delimiter) => change({ delimiter })}
      >
        {delimiters.map(([mark, name]) => (
          <option key={mark} value={mark}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Dates are written"
        value={mapping.date_order}
        onChange={(order) => change({ date_order: order as ImportMapping["date_order"] })}
      >
        <option value="ymd">Year, month, day</option>
        <option value="dmy">Day, month, year</option>
        <option value="mdy">Month, day, year</option>
      </SelectField>
      <SelectField
        label="Decimals are written"
        value={mapping.decimal}
        onChange={(mark) => change({ decimal: mark as ImportMapping["decimal"] })}
      >
        <option value=".">1,234.50</option>
        <option value=",">1.234,50</option>
      </SelectField>
      <SelectField
        label="Characters"
        value={mapping.encoding}
        onChange={(encoding) => change({ encoding })}
      >
        {encodings.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </SelectField>
      <Button
        icon="transfer"
        aria-pressed={mapping.negate}
        disabled={isBusy}
        onClick={() => change({ negate: !mapping.negate })}
      >
        Swap in and out
      </Button>
    </div>
  );
}
