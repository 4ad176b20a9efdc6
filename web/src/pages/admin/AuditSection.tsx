import { useState } from "react";
import { admin } from "../../api/identity.ts";
import type { TrailEntry } from "../../api/people.ts";
import { useFeed } from "../../data/useFeed.ts";
import { DayList } from "../trail/DayList.tsx";
import { type TrailFilter, TrailFilters } from "../trail/TrailFilters.tsx";
import { TrailItem } from "../trail/TrailItem.tsx";

const entities = [
  { value: "session", label: "Signing in" },
  { value: "person", label: "People" },
  { value: "household", label: "Households" },
  { value: "factor", label: "Second factors" },
  { value: "token", label: "Access tokens" },
  { value: "route", label: "Refusals" },
];

const pageSize = 50;

/** What concerns people and the server itself; what happens in a household is its members' own. */
export default function AuditSection() {
  const [filter, setFilter] = useState<TrailFilter>({});
  const feed = useFeed<TrailEntry>(JSON.stringify(filter), (cursor) =>
    admin.trail({ ...filter, cursor, limit: pageSize }),
  );
  return (
    <>
      <TrailFilters filter={filter} onChange={setFilter} entities={entities} />
      <DayList feed={feed} empty="Nothing of that kind has happened.">
        {(entry) => <TrailItem key={entry.id} entry={entry} />}
      </DayList>
    </>
  );
}
