import { useState } from "react";
import { trail as endpoint } from "../../api/identity.ts";
import type { OwnEvent, TrailEntry } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { deviceName } from "../../data/deviceName.ts";
import { useMembers } from "../../data/members.ts";
import { useResource } from "../../data/resource.ts";
import { useFeed } from "../../data/useFeed.ts";
import { formatTime } from "../../dates/instant.ts";
import { Button } from "../../ui/Button.tsx";
import { counted } from "../../ui/counted.ts";
import { SelectField } from "../../ui/Field.tsx";
import { type Segment, Segments } from "../../ui/Segments.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { changesOf } from "../trail/changes.ts";
import { DayList } from "../trail/DayList.tsx";
import { type TrailFilter, TrailFilters } from "../trail/TrailFilters.tsx";
import { ChangeTable, TrailItem } from "../trail/TrailItem.tsx";
import { eventWord, outcomeWord } from "../trail/words.ts";

type Whose = "household" | "own";

const sides: readonly Segment<Whose>[] = [
  { value: "household", label: "In the household" },
  { value: "own", label: "Your sign-ins" },
];

export default function ActivitySection() {
  const [whose, setWhose] = useState<Whose>("household");
  return (
    <>
      <Segments label="Whose activity" segments={sides} value={whose} onChange={setWhose} />
      {whose === "household" ? <HouseholdTrail /> : <OwnTrail />}
    </>
  );
}

const entities = [
  { value: "transaction", label: "Transactions" },
  { value: "account", label: "Accounts" },
  { value: "category", label: "Categories" },
  { value: "import", label: "Imports" },
  { value: "transfer", label: "Transfers" },
  { value: "goal", label: "Goals" },
  { value: "goal_contribution", label: "Money set aside" },
  { value: "debt", label: "Debts" },
  { value: "household", label: "The household" },
  { value: "member", label: "Members" },
  { value: "invitation", label: "Invitations" },
  { value: "route", label: "Refusals" },
];

const pageSize = 50;

function HouseholdTrail() {
  const [filter, setFilter] = useState<TrailFilter>({});
  const feed = useFeed<TrailEntry>(JSON.stringify(filter), (cursor) =>
    endpoint.household({ ...filter, cursor, limit: pageSize }),
  );
  const { value: members = [] } = useMembers();
  return (
    <>
      <TrailFilters filter={filter} onChange={setFilter} entities={entities}>
        {members.length > 1 && (
          <SelectField
            label="By"
            value={filter.actor_id ?? ""}
            onChange={(actor_id) => setFilter({ ...filter, actor_id })}
          >
            <option value="">Anyone</option>
            {members.map(({ person_id: id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
      </TrailFilters>
      <DayList feed={feed} empty="Nothing of that kind has happened.">
        {(entry) => (
          <TrailItem
            key={entry.id}
            entry={entry}
            action={<UndoButton entry={entry} />}
            more={entry.change_count > 0 && <Rows entry={entry} />}
          />
        )}
      </DayList>
    </>
  );
}

function UndoButton({ entry }: { entry: TrailEntry }) {
  const { isViewer } = useSession();
  const { isBusy, run } = useAction();
  if (!entry.can_undo || isViewer) return null;
  const undo = () =>
    run(async () => {
      await endpoint.undo(entry.id);
      announce("It is taken back.");
    });
  return (
    <Button
      kind="quiet"
      isBusy={isBusy}
      onClick={undo}
      aria-label={`Undo: ${entry.summary ?? entry.action}`}
    >
      Undo
    </Button>
  );
}

const rowsShown = 20;

/** The rows of a change that touched many. */
function Rows({ entry }: { entry: TrailEntry }) {
  const { locale } = useSession();
  const { value: detail } = useResource(`audit-logs/${entry.id}`, () => endpoint.entry(entry.id));
  if (!detail || detail.changes.length === 0) return null;
  const rows = detail.changes.slice(0, rowsShown);
  const left = entry.change_count - rows.length;
  return (
    <>
      {rows.map(({ entity_id: id, before, after }) => (
        <ChangeTable key={id} changes={changesOf(before, after)} />
      ))}
      {left > 0 && <p className="muted">and {counted(left, "more row", locale)}</p>}
    </>
  );
}

function OwnTrail() {
  const feed = useFeed<OwnEvent>("own", (cursor) => endpoint.own({ cursor, limit: pageSize }));
  return (
    <DayList feed={feed} empty="Nothing is known yet.">
      {(event) => <OwnItem key={event.id} event={event} />}
    </DayList>
  );
}

function OwnItem({ event }: { event: OwnEvent }) {
  const { locale, user } = useSession();
  const by = event.is_own === false && "Not by you";
  const where = [by, event.device && deviceName(event.device), event.address].filter(Boolean);
  const outcome = outcomeWord(event.outcome);
  return (
    <li className="event">
      <span className="event-time">
        {formatTime(event.at, { locale, timeZone: user.time_zone })}
      </span>
      <div className="event-main">
        <span>{eventWord(event)}</span>
        <span className="muted">{where.join(" · ")}</span>
      </div>
      {outcome && <span className="badge badge-failed">{outcome}</span>}
    </li>
  );
}
