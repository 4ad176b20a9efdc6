import { bills, type OccurrencePatch, occurrences, type PostInput } from "../../api/bills.ts";
import { transactions } from "../../api/endpoints.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { useAction } from "../../ui/useAction.ts";
import type { BillOccurrence } from "../../api/types.ts";

/** Says what was done, once it is, with the way back through the trail. */
async function does(item: BillOccurrence, action: string, text: string, work: Promise<unknown>) {
  await work;
  announceUndoable(text, () => bills.undo(item.bill_id, action));
}

/** What can be done to one time of a bill; each says what it did and how it is taken back. */
export function useOccurrenceActions() {
  const { locale } = useSession();
  const { isBusy, fields, run } = useAction();
  const named = (item: BillOccurrence) =>
    `${item.bill_name}, ${formatDate(item.due_on, locale, { day: "numeric", month: "short" })}`;
  const post = (item: BillOccurrence, body: PostInput = {}) =>
    run(() => does(item, "post", `Posted ${named(item)}`, occurrences.post(item, body)));
  const skip = (item: BillOccurrence) =>
    run(() => does(item, "skip", `Skipped ${named(item)}`, occurrences.skip(item)));
  const unskip = (item: BillOccurrence) =>
    run(() => does(item, "unskip", `${named(item)} is expected again`, occurrences.unskip(item)));
  const match = (item: BillOccurrence, id: string) =>
    run(() => does(item, "match", `Matched ${named(item)}`, occurrences.match(item, id)));
  const unmatch = (item: BillOccurrence, id: string) =>
    run(() =>
      does(
        item,
        "unmatch",
        `${named(item)} is parted from its payment`,
        occurrences.unmatch(item, id),
      ),
    );
  const reject = (item: BillOccurrence, id: string) =>
    run(() =>
      does(item, "reject", `Something else than ${named(item)}`, occurrences.reject(item, id)),
    );
  const change = (item: BillOccurrence, body: OccurrencePatch) =>
    run(() =>
      does(item, "change", `Changed ${named(item)} for this once`, occurrences.change(item, body)),
    );
  const takeBack = (item: BillOccurrence, transactionId: string) =>
    run(async () => {
      await transactions.remove(transactionId);
      announceUndoable(`Took back the posting of ${named(item)}`, () =>
        transactions.restore(transactionId),
      );
    });
  return { isBusy, fields, post, skip, unskip, match, unmatch, reject, change, takeBack };
}

export type OccurrenceActions = ReturnType<typeof useOccurrenceActions>;
