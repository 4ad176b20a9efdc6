import { useState } from "react";
import type { ColumnRole } from "../../api/model.ts";
import type { Mapping, MappingColumn } from "../../api/types.ts";
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
  sign: "Plus or minus",
  payee: "Payee",
  text: "Text",
  bank_id: "Bank's id",
  currency: "Currency",
  balance: "Balance",
  category: "Category",
  ignore: "Ignore",
};

const roles = Object.keys(roleNames) as ColumnRole[];

type EditorProps = { mapping: Mapping; onChange: Change; isBusy: boolean };

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

function lacksRole({ columns }: Mapping): boolean {
  const has = (role: ColumnRole) => columns.some((column) => column.role === role);
  return !has("date") || !(has("amount") || has("debit") || has("credit"));
}

function summary({ columns }: Mapping): string {
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

function ColumnLine({ column, onChange }: { column: MappingColumn; onChange: Change }) {
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
const encodings = ["UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252", "ISO-8859-15"];

function FormatFields({ mapping, onChange, isBusy }: EditorProps) {
  const known = encodings.some((name) => name.toLowerCase() === mapping.encoding.toLowerCase());
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
        onChange={(order) => change({ date_order: order as Mapping["date_order"] })}
      >
        <option value="ymd">Year, month, day</option>
        <option value="dmy">Day, month, year</option>
        <option value="mdy">Month, day, year</option>
      </SelectField>
      <SelectField
        label="Decimals are written"
        value={mapping.decimal}
        onChange={(mark) => change({ decimal: mark as Mapping["decimal"] })}
      >
        <option value=".">1,234.50</option>
        <option value=",">1.234,50</option>
      </SelectField>
      <SelectField
        label="Characters"
        value={mapping.encoding}
        onChange={(encoding) => change({ encoding })}
      >
        {!known && <option value={mapping.encoding}>{mapping.encoding}</option>}
        {encodings.map((name) => {
          const value =
            name.toLowerCase() === mapping.encoding.toLowerCase() ? mapping.encoding : name;
          return (
            <option key={name} value={value}>
              {name}
            </option>
          );
        })}
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
