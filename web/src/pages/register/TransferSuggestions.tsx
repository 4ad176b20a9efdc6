import { useState } from "react";
import { transfers } from "../../api/endpoints.ts";
import type { Transaction, TransferSuggestion } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { useResource } from "../../data/resource.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { money } from "../../money/Money.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { payeeLabel } from "./labels.ts";

/** Pairs that look like the two sides of one's own transfer, for a person to decide. */
export function TransferSuggestions() {
  const [isOpen, setOpen] = useState(false);
  const { value: suggestions = [] } = useResource("transfer suggestions", transfers.suggestions);
  if (suggestions.length === 0) return null;
  const count = suggestions.length === 1 ? "1 pair looks" : `${suggestions.length} pairs look`;
  return (
    <>
      <div className="note">
        <Icon name="transfer" />
        <div>{count} like a transfer between your own accounts.</div>
        <Button onClick={() => setOpen(true)}>Review</Button>
      </div>
      {isOpen && (
        <Dialog title="Are these transfers?" isWide onClose={() => setOpen(false)}>
          <ul className="pairs">
            {suggestions.map((suggestion) => (
              <Pair key={suggestion.id} suggestion={suggestion} />
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}

function Pair({ suggestion }: { suggestion: TransferSuggestion }) {
  const { isBusy, run } = useAction();
  const { score, reason, out, in: arrived } = suggestion;
  const link = () =>
    run(async () => {
      await transfers.link(out.id, arrived.id);
      announceUndoable("Paired a transfer", () => transfers.unlink(out.id));
    });
  const reject = () =>
    run(async () => {
      await transfers.reject(out.id, arrived.id);
      announce("This pair will not be suggested again.");
    });
  return (
    <li className="pair">
      <Side row={out} label="From" />
      <Side row={arrived} label="To" />
      <p className="muted">
        {reason} · {score} % sure
      </p>
      <div className="button-row">
        <Button disabled={isBusy} onClick={reject}>
          Two separate things
        </Button>
        <Button kind="primary" icon="link" isBusy={isBusy} onClick={link}>
          One transfer
        </Button>
      </div>
    </li>
  );
}

function Side({ row, label }: { row: Transaction; label: string }) {
  const { locale } = useSession();
  return (
    <div className="pair-side">
      <span className="muted">{label}</span>
      <span>{row.account_name}</span>
      <span className="muted nowrap">{formatDate(row.date, locale)}</span>
      <span className="clip">{payeeLabel(row)}</span>
      <AmountText amount={money(row.signed_amount, row.currency)} sign="always" />
    </div>
  );
}
