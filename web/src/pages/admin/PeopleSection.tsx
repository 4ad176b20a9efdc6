import { useState } from "react";
import { admin } from "../../api/identity.ts";
import type { SystemRole, UserCard } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { systemRoleNames } from "../../data/roles.ts";
import { useResource } from "../../data/resource.ts";
import { fromNow } from "../../dates/instant.ts";
import { counted } from "../../ui/counted.ts";
import { SelectField } from "../../ui/Field.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { SearchBox } from "../trail/TrailFilters.tsx";
import { PersonDialog } from "./PersonDialog.tsx";

type Filter = { q: string; status: string; role: string; page: number };

const perPage = 25;

export default function PeopleSection() {
  const { locale } = useSession();
  const [filter, setFilter] = useState<Filter>({ q: "", status: "", role: "", page: 1 });
  const [openId, setOpenId] = useState<string | null>(null);
  const key = `admin/users ${JSON.stringify(filter)}`;
  const { value: list, error } = useResource(key, () =>
    admin.users({ ...filter, per_page: perPage }),
  );
  const set = (change: Partial<Filter>) => setFilter({ ...filter, page: 1, ...change });
  const open = list?.data.find(({ id }) => id === openId);
  return (
    <>
      <PeopleFilters filter={filter} onChange={set} />
      {error && !list ? <ProblemNote error={error} /> : null}
      {!list && !error && <Loading rows={6} />}
      {list && (
        <>
          <p className="muted">{counted(list.pagination.total ?? 0, "account", locale)} found</p>
          <PeopleTable people={list.data} onOpen={setOpenId} />
          <Pager
            page={filter.page}
            pages={list.pagination.total_pages ?? 1}
            onChange={(page) => setFilter({ ...filter, page })}
          />
        </>
      )}
      {open && <PersonDialog person={open} onClose={() => setOpenId(null)} />}
    </>
  );
}

type PeopleFiltersProps = { filter: Filter; onChange: (change: Partial<Filter>) => void };

function PeopleFilters({ filter, onChange }: PeopleFiltersProps) {
  return (
    <section className="trail-filters" aria-label="Filters">
      <SearchBox value={filter.q} label="Search name or email" onChange={(q) => onChange({ q })} />
      <SelectField label="State" value={filter.status} onChange={(status) => onChange({ status })}>
        <option value="">Any</option>
        <option value="active">Active</option>
        <option value="disabled">Disabled</option>
        <option value="deleted">Deleted</option>
      </SelectField>
      <SelectField label="Role" value={filter.role} onChange={(role) => onChange({ role })}>
        <option value="">Any</option>
        {Object.entries(systemRoleNames).map(([role, name]) => (
          <option key={role} value={role}>
            {name}
          </option>
        ))}
      </SelectField>
    </section>
  );
}

export function stateOf(person: UserCard): { word: string; badge: string } {
  if (person.deleted_at) return { word: "Deleted", badge: "badge-failed" };
  if (person.disabled_at) return { word: "Disabled", badge: "badge-preview" };
  return { word: "Active", badge: "badge-committed" };
}

type PeopleTableProps = { people: readonly UserCard[]; onOpen: (id: string) => void };

function PeopleTable({ people, onOpen }: PeopleTableProps) {
  if (people.length === 0) return <p className="card muted">Nobody like that is here.</p>;
  return (
    <div className="card table-card">
      <div className="table-scroll" role="region" aria-label="People" tabIndex={0}>
        <table className="table people-table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col">State</th>
              <th scope="col">Second step</th>
              <th scope="col">Last seen</th>
              <th scope="col" className="right">
                Devices
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <PersonRow key={person.id} person={person} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

type PersonRowProps = { person: UserCard; onOpen: (id: string) => void };

function PersonRow({ person, onOpen }: PersonRowProps) {
  const { locale } = useSession();
  const { word, badge } = stateOf(person);
  const role: SystemRole = person.system_role;
  return (
    <tr>
      <th scope="row">
        <button type="button" className="link-button" onClick={() => onOpen(person.id)}>
          {person.name}
        </button>
        <span className="muted table-second">
          {person.email}
          {!person.email_verified && " (not confirmed)"}
        </span>
      </th>
      <td>{systemRoleNames[role]}</td>
      <td>
        <span className={`badge ${badge}`}>{word}</span>
      </td>
      <td>{person.has_second_factor ? "Yes" : "No"}</td>
      <td className="nowrap">
        {person.last_seen_at ? fromNow(person.last_seen_at, locale) : "never"}
      </td>
      <td className="right">{person.sessions}</td>
    </tr>
  );
}
