import { type ReactNode, useRef, useState } from "react";
import { tasks as endpoint } from "../../api/tasks.ts";
import type { Task } from "../../api/types.ts";
import { useLocation } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useShortcuts } from "../../app/shortcuts.ts";
import { undoLast } from "../../app/undo.ts";
import { useResource } from "../../data/resource.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { EmptyState, Loading, ProblemNote } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { filtersIn, isNarrowed, serverQuery, type TaskFilters } from "./filters.ts";
import { groupTitles, type Section, sections } from "./groups.ts";
import { QuickAdd } from "./QuickAdd.tsx";
import { TaskBulkBar } from "./TaskBulkBar.tsx";
import { TaskEditor } from "./TaskEditor.tsx";
import { TaskFilterBar } from "./TaskFilterBar.tsx";
import { TaskKeys } from "./TaskKeys.tsx";
import { TaskLine } from "./TaskLine.tsx";
import { useChosen } from "./useChosen.ts";

function useTasks(filters: TaskFilters) {
  const { today, household } = useSession();
  const open = useResource(`tasks ${JSON.stringify(filters)}`, () =>
    endpoint.list(serverQuery(filters, false)),
  );
  const done = useResource(filters.done ? `tasks done ${JSON.stringify(filters)}` : null, () =>
    endpoint.list(serverQuery(filters, true)),
  );
  const all = [...(open.value?.data ?? []), ...((filters.done && done.value?.data) || [])];
  return {
    error: open.error ?? done.error,
    isKnown: open.value !== undefined,
    left: (open.value?.pagination.total ?? 0) - (open.value?.data.length ?? 0),
    all: sections(all, today, household.week_start),
  };
}

export default function TasksPage() {
  const { isViewer } = useSession();
  const filters = filtersIn(useLocation().query);
  const { all, error, isKnown, left } = useTasks(filters);
  const chosen = useChosen(all);
  const { picking } = chosen;
  const [isHelpOpen, setHelpOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({
    n: () => input.current?.focus(),
    "/": () => search.current?.focus(),
    "?": () => setHelpOpen(true),
    u: () => void undoLast(),
  });
  if (error && !isKnown) return <ProblemNote error={error} />;
  const line = (task: Task) => <Line key={task.id} task={task} chosen={chosen} />;
  return (
    <div className="page page-medium">
      <PageHead title="Tasks">
        {!isViewer && all.length > 0 && (
          <Button
            icon="check"
            aria-pressed={picking.isPicking}
            onClick={picking.isPicking ? picking.stop : picking.start}
          >
            Choose
          </Button>
        )}
        <IconButton icon="help" label="Keys" onClick={() => setHelpOpen(true)} />
      </PageHead>
      {!isViewer && <QuickAdd input={input} />}
      <TaskFilterBar filters={filters} search={search} />
      {picking.isPicking && (
        <TaskBulkBar
          chosen={picking.picked}
          isBusy={chosen.act.isBusy}
          onPatch={chosen.patchAll}
          onDelete={chosen.removeAll}
          onAll={picking.pickAll}
          onNone={picking.stop}
        />
      )}
      {!isKnown && <Loading rows={6} />}
      {isKnown && all.length === 0 && <NoTasks isNarrowed={isNarrowed(filters)} />}
      {all.map((section) => (
        <TaskSection key={section.group} section={section} line={line} />
      ))}
      {left > 0 && <p className="muted">{left} more are open. Search to find them.</p>}
      {isHelpOpen && <TaskKeys onClose={() => setHelpOpen(false)} />}
    </div>
  );
}

type LineProps = { task: Task; chosen: ReturnType<typeof useChosen> };

function Line({ task, chosen }: LineProps) {
  const { act, picking, setActive, setEdited } = chosen;
  if (task.id === chosen.editedId) {
    return <TaskEditor task={task} onClose={() => setEdited(null)} />;
  }
  return (
    <TaskLine
      task={task}
      isActive={task.id === chosen.activeId}
      isPicked={picking.isPicking ? picking.picked.includes(task) : undefined}
      onActive={() => setActive(task.id)}
      onPick={() => picking.pick(task.id)}
      onTick={() => void act.tick(task)}
      onMove={(by) => act.move(task, by)}
      onEdit={() => setEdited(task.id)}
      onDelete={() => void act.remove(task)}
    />
  );
}

type TaskSectionProps = { section: Section; line: (task: Task) => ReactNode };

function TaskSection({ section: { group, tasks }, line }: TaskSectionProps) {
  return (
    <section aria-labelledby={`tasks-${group}`}>
      <h2 className="section-title" id={`tasks-${group}`}>
        {groupTitles[group]} <span className="muted">{tasks.length}</span>
      </h2>
      <ul className="card list task-list">{tasks.map(line)}</ul>
    </section>
  );
}

function NoTasks({ isNarrowed: isFiltered }: { isNarrowed: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState icon="search" title="No task like this">
        <p>Other words or fewer filters may find it.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="check" title="Nothing to do">
      <p>Write down what has to be done, such as “Call the bank friday !high”.</p>
      <p>
        Where the books need somebody to act, an import to review for example, it appears here by
        itself.
      </p>
    </EmptyState>
  );
}
