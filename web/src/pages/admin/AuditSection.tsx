import { useState } from "react";
import { admin } from "../../api/identity.ts";
import type { SecurityEntry } from "../../api/people.ts";
import { useFeed } from "../../data/useFeed.ts";
import { DayList } from "../trail/DayList.tsx";
import { type TrailFilter, TrailFilters } from "../trail/TrailFilters.tsx";
import { TrailItem } from "../trail/TrailItem.tsx";
import { eventWord } from "../trail/words.ts";

const entities = [
  { value: "session", label: "Signing in" },
  { value: "person", label: "People" },
  { value: "household", label: "Households" },
  { value: "factor", label: "Second factors" },
  { value: "token", label: "Access tokens" },
  { value: "route", label: "Refusals" },
];

/** In words, and about whom, where that is someone else than who did it. */
function told(entry: SecurityEntry): SecurityEntry {
  const about = entry.person_id !== entry.actor_id && entry.person_name;
  return { ...entry, summary: about ? `${eventWord(entry)}: ${about}` : eventWord(entry) };
}

const pageSize = 50;

/** What concerns people and the server itself; what happens in a household is its members' own. */
export default function AuditSection() {
  const [filter, setFilter] = useState<TrailFilter>({});
  const feed = useFeed<SecurityEntry>(JSON.stringify(filter), (cursor) =>
    admin.trail({ ...filter, cursor, limit: pageSize }),
  );
  return (
    <>
      <TrailFilters filter={filter} onChange={setFilter} entities={entities} />
      <DayList feed={feed} empty="Nothing of that kind has happened.">
        {(entry) => <TrailItem key={entry.id} entry={told(entry)} />}
      </DayList>
    </>
  );
}
