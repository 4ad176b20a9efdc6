import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { occurrences } from "../../api/bills.ts";
import { address, navigate, useLocation } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useBills } from "../../data/bills.ts";
import { useResource } from "../../data/resource.ts";
import { AmountText } from "../../ui/AmountText.tsx";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { isZero, negate } from "../../money/Money.ts";
import { AllBills } from "./AllBills.tsx";
import { BillKeys } from "./BillKeys.tsx";
import { NoBills } from "./NoBills.tsx";
import { OccurrenceDialogs, type Wanted } from "./OccurrenceDialogs.tsx";
import { OccurrenceLine } from "./OccurrenceLine.tsx";
import { groupsOf, groupTitles, keyOf, namedIn, type OccurrenceGroup } from "./occurrences.ts";
import { useBillKeys } from "./useBillKeys.ts";
import { useOccurrenceActions } from "./useOccurrenceActions.ts";
import type { Bill, BillOccurrence } from "../../api/types.ts";

const BillDialog = lazy(() => import("./BillDialog.tsx"));

const most = 500;

type View = "upcoming" | "all";
const views: readonly Segment<View>[] = [
  { value: "upcoming", label: "Upcoming" },
  { value: "all", label: "All bills" },
];

function show(view: View): void {
  navigate(address("/bills", { view: view === "all" ? "all" : null }), { replace: true });
}

/** What is due, by when; or every bill there is. */
export function UpcomingSection({ onAdd }: { onAdd: () => void }) {
  const { query } = useLocation();
  const { value: all, error } = useBills();
  const [editing, setEditing] = useState<Bill | null>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const view: View = query.get("view") === "all" ? "all" : "upcoming";
  if (error && !all) return <ProblemNote error={error} />;
  if (!all) return <Loading rows={8} />;
  return (
    <>
      {all.length > 0 && (
        <div className="bills-head">
          <Segments label="Show" segments={views} value={view} onChange={show} />
          <IconButton icon="help" label="Keys" onClick={() => setHelpOpen(true)} />
        </div>
      )}
      {view === "all" && <AllBills bills={all} onEdit={setEditing} />}
      {view === "upcoming" && all.length > 0 && (
        <Upcoming bills={all} onEdit={setEditing} onAdd={onAdd} onHelp={() => setHelpOpen(true)} />
      )}
      {all.length === 0 && <NoBills onAdd={onAdd} />}
      {editing && (
        <Suspense fallback={null}>
          <BillDialog bill={editing} onClose={() => setEditing(null)} />
        </Suspense>
      )}
      {isHelpOpen && <BillKeys onClose={() => setHelpOpen(false)} />}
    </>
  );
}

/** The line that is open: at first the one that the address names, which is brought into sight. */
function useOpenLine(items: readonly BillOccurrence[] | undefined) {
  const { query } = useLocation();
  const [chosen, setOpen] = useState<string | null | undefined>(undefined);
  const named = items && namedIn(items, query);
  const namedKey = named ? keyOf(named) : null;
  useEffect(() => {
    if (namedKey === null) return;
    document.querySelector(`[data-occurrence="${namedKey}"]`)?.scrollIntoView({ block: "center" });
  }, [namedKey]);
  return { openKey: chosen === undefined ? namedKey : chosen, setOpen };
}

type UpcomingProps = {
  bills: readonly Bill[];
  onEdit: (bill: Bill) => void;
  onAdd: () => void;
  onHelp: () => void;
};

function Upcoming({ bills, onEdit, onAdd, onHelp }: UpcomingProps) {
  const { today, household } = useSession();
  const list = useResource("bill occurrences", () => occurrences.list({ limit: most }));
  const { openKey, setOpen } = useOpenLine(list.value?.data);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const act = useOccurrenceActions();
  const items = list.value?.data ?? [];
  const billOf = (item: BillOccurrence) => bills.find(({ id }) => id === item.bill_id);
  const edit = (item: BillOccurrence) => {
    const bill = billOf(item);
    if (bill) onEdit(bill);
  };
  useBillKeys(items, { act, onWant: setWanted, onEdit: edit, onAdd, onHelp });
  if (list.error && !list.value) return <ProblemNote error={list.error} />;
  if (!list.value) return <Loading rows={8} />;
  return (
    <>
      {items.length === 0 && (
        <p className="muted">Nothing is due in the next three months, nor was any in the last.</p>
      )}
      {groupsOf(items, today, household.week_start).map((group) => (
        <Group key={group.group} group={group} openKey={openKey}>
          {(item) => (
            <OccurrenceLine
              key={keyOf(item)}
              item={item}
              bill={billOf(item)}
              isOpen={openKey === keyOf(item)}
              onToggle={() => setOpen(openKey === keyOf(item) ? null : keyOf(item))}
              onWant={setWanted}
              onEdit={() => edit(item)}
              act={act}
            />
          )}
        </Group>
      ))}
      {list.value.pagination.next_cursor && (
        <p className="muted">Only the first {most} are shown; later ones are in the calendar.</p>
      )}
      {wanted && <OccurrenceDialogs wanted={wanted} act={act} onClose={() => setWanted(null)} />}
    </>
  );
}

/** Of a group that reaches far, so many at first. */
const firstShown = 12;

type GroupProps = {
  group: OccurrenceGroup;
  openKey: string | null;
  children: (item: BillOccurrence) => ReactNode;
};

function Group({ group, openKey, children }: GroupProps) {
  const [isWhole, setWhole] = useState(false);
  const { items } = group;
  // One or two more are shown rather than announced.
  const isNamed = items.slice(firstShown).some((item) => keyOf(item) === openKey);
  const isLong = !isWhole && !isNamed && items.length > firstShown + 2;
  const shown = isLong ? items.slice(0, firstShown) : items;
  return (
    <section aria-labelledby={`bills-${group.group}`}>
      <GroupHead group={group} />
      <ul className="card list">{shown.map(children)}</ul>
      {isLong && (
        <p className="bills-rest">
          <Button kind="quiet" onClick={() => setWhole(true)}>
            Show {items.length - firstShown} more
          </Button>
        </p>
      )}
    </section>
  );
}

function GroupHead({ group: { group, items, sums } }: { group: OccurrenceGroup }) {
  return (
    <div className="section-title bills-group-head">
      <h2 id={`bills-${group}`}>
        {groupTitles[group]} <span className="muted">{items.length}</span>
      </h2>
      {sums.length > 0 && (
        <p className="bills-sums">
          {sums.map((sum) => (
            <span key={sum.currency}>
              {!isZero(sum.in) && (
                <span>
                  <AmountText amount={sum.in} sign="always" isTinted /> to come
                </span>
              )}
              {!isZero(sum.out) && (
                <span>
                  <AmountText amount={negate(sum.out)} /> to pay
                </span>
              )}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
