import { useState } from "react";
import type { ImportRow } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { CategoryPicker } from "../../ui/CategoryPicker.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { announce } from "../../ui/toasts.ts";
import type { Change } from "./ImportPreview.tsx";

const stateLabels = { new: "", duplicate: "Duplicate", problem: "Problem", skipped: "Skipped" };

/** The bank's words, where they say more than the payee's name above them. */
function hasOwnText({ payee, bank_text: text }: ImportRow): boolean {
  return payee !== null && text !== null && text.toLowerCase() !== payee.toLowerCase();
}

export function ImportRowLine({ row, onChange }: { row: ImportRow; onChange: Change }) {
  const { locale } = useSession();
  const isProblem = row.state === "problem";
  const name = row.payee ?? row.bank_text ?? `row ${row.number}`;
  return (
    <tr className={row.included ? "" : "row-left-out"}>
      <td className="cell-take">
        <input
          type="checkbox"
          aria-label={`Import ${name}`}
          checked={row.included}
          disabled={isProblem}
          onChange={(event) =>
            void onChange({ rows: [{ number: row.number, included: event.target.checked }] })
          }
        />
      </td>
      <td className="nowrap cell-date">{row.date ? formatDate(row.date, locale) : "–"}</td>
      <td className="cell-payee">
        <span className="row-payee">{row.payee ?? row.bank_text ?? "–"}</span>
        {hasOwnText(row) && <span className="row-text">{row.bank_text}</span>}
        {row.state !== "new" && (
          <span className={`row-state row-state-${row.state}`}>
            <Icon name={isProblem ? "warning" : "info"} size={13} />
            <span>
              {stateLabels[row.state]}
              {row.reason && `: ${row.reason}`} (line {row.line})
            </span>
          </span>
        )}
        {isProblem && <code className="row-raw">{row.raw}</code>}
      </td>
      <td className="cell-category">
        {!isProblem && <RowCategory row={row} onChange={onChange} />}
      </td>
      <td className="right cell-amount">
        {row.amount && row.currency && (
          <AmountText amount={money(row.amount, row.currency)} sign="always" isTinted />
        )}
      </td>
    </tr>
  );
}

/** A button until it is pressed: a hundred text boxes would be a hundred stops for Tab. */
function RowCategory({ row, onChange }: { row: ImportRow; onChange: Change }) {
  const [isEditing, setEditing] = useState(false);
  const choose = async (categoryId: string) => {
    setEditing(false);
    const done = await onChange({ rows: [{ number: row.number, category_id: categoryId }] });
    const { payee } = row;
    if (!done || !payee) return;
    announce(`Category set for this row of ${payee}.`, {
      label: "Set for all its rows",
      run: () => void onChange({ categorise: [{ payee, category_id: categoryId }] }),
    });
  };
  if (isEditing) {
    return (
      <CategoryPicker
        label={`Category of ${row.payee ?? `row ${row.number}`}`}
        value={row.category_id}
        onChange={(categoryId) => void choose(categoryId)}
        onLeave={() => setEditing(false)}
        isFocusedAtFirst
      />
    );
  }
  return (
    <button type="button" className="cell-button" onClick={() => setEditing(true)}>
      <span className="clip">{row.category_name ?? "Uncategorised"}</span>
      <Icon name="down" size={11} />
      <span className="visually-hidden">, change category</span>
    </button>
  );
}
