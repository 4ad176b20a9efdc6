import type { RefObject } from "react";
import { address, navigate } from "../../app/router.ts";
import { useMembers } from "../../data/members.ts";
import { Button } from "../../ui/Button.tsx";
import { addressQuery, isNarrowed, type TaskFilters } from "./filters.ts";
import { priorityLabels } from "./labels.ts";

type TaskFilterBarProps = { filters: TaskFilters; search: RefObject<HTMLInputElement> };

export function showTasks(filters: TaskFilters): void {
  navigate(address("/tasks", addressQuery(filters)), { replace: true });
}

export function TaskFilterBar({ filters, search }: TaskFilterBarProps) {
  const { value: members = [] } = useMembers();
  const set = (part: Partial<TaskFilters>) => showTasks({ ...filters, ...part });
  return (
    <div className="task-filters" role="search">
      <input
        ref={search}
        type="search"
        className="input"
        aria-label="Search tasks"
        placeholder="Search"
        maxLength={200}
        value={filters.q}
        onChange={(event) => set({ q: event.target.value })}
      />
      <PriorityChoice value={filters.priority} onChange={(priority) => set({ priority })} />
      {members.length > 1 && (
        <select
          className="input"
          aria-label="Assigned to"
          value={filters.assignee}
          onChange={(event) => set({ assignee: event.target.value })}
        >
          <option value="">Anyone</option>
          {members.map(({ person_id, name }) => (
            <option key={person_id} value={person_id}>
              {name}
            </option>
          ))}
        </select>
      )}
      {filters.tag && (
        <Button icon="close" onClick={() => set({ tag: "" })}>
          #{filters.tag}
        </Button>
      )}
      {isNarrowed(filters) && (
        <Button kind="quiet" onClick={() => set({ q: "", priority: "", assignee: "", tag: "" })}>
          Show all
        </Button>
      )}
      <label className="check-label">
        <input
          type="checkbox"
          checked={filters.done}
          onChange={(event) => set({ done: event.target.checked })}
        />
        <span>Done ones too</span>
      </label>
    </div>
  );
}

type PriorityChoiceProps = { value: string; onChange: (value: string) => void };

function PriorityChoice({ value, onChange }: PriorityChoiceProps) {
  return (
    <select
      className="input"
      aria-label="Priority"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">Any priority</option>
      {Object.entries(priorityLabels).map(([name, label]) => (
        <option key={name} value={name}>
          {label}
        </option>
      ))}
    </select>
  );
}
