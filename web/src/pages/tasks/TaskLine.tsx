import type { Task } from "../../api/types.ts";
import { address } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useMembers } from "../../data/members.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Link } from "../../ui/Link.tsx";
import { dueText, linkAddress, priorityLabels } from "./labels.ts";

type TaskLineProps = {
  task: Task;
  isActive: boolean;
  onActive: () => void;
  onTick: () => void;
  /** Whether it is among those to be changed at once; undefined while none are chosen. */
  isPicked: boolean | undefined;
  onPick: () => void;
  onMove: (by: 1 | -1) => void;
  onEdit: () => void;
  onDelete: () => void;
};

/** One task: ticked at its left, edited and deleted at its right. */
export function TaskLine(props: TaskLineProps) {
  const { task, isActive, isPicked, onActive, onPick, onTick, onEdit } = props;
  const { isViewer } = useSession();
  const isPicking = isPicked !== undefined;
  const isDone = task.status === "done";
  return (
    <li
      id={`task-${task.id}`}
      className={`task-line${isDone ? " task-done" : ""}${isActive ? " task-active" : ""}`}
      aria-current={isActive || undefined}
    >
      <input
        type="checkbox"
        className={isPicking ? "task-tick" : "task-tick task-round"}
        aria-label={isPicking ? `Choose ${task.title}` : `${task.title}, done`}
        checked={isPicked ?? isDone}
        disabled={isViewer}
        onFocus={onActive}
        onChange={isPicking ? onPick : onTick}
        onKeyDown={(event) => {
          if (event.key === "Enter") onEdit();
        }}
      />
      <div className="task-main">
        {isViewer ? (
          <span className="task-title">{task.title}</span>
        ) : (
          <button
            type="button"
            className="task-title"
            onFocus={onActive}
            onClick={isPicking ? onPick : onEdit}
          >
            {task.title}
          </button>
        )}
        <TaskFacts task={task} />
      </div>
      {!isViewer && !isPicking && <Tools {...props} />}
    </li>
  );
}

function Tools({ task: { title }, onMove, onEdit, onDelete }: TaskLineProps) {
  return (
    <span className="task-tools">
      <IconButton icon="up" label={`Move ${title} up`} onClick={() => onMove(-1)} />
      <IconButton icon="down" label={`Move ${title} down`} onClick={() => onMove(1)} />
      <IconButton icon="edit" className="task-edit" label={`Edit ${title}`} onClick={onEdit} />
      <IconButton icon="trash" label={`Delete ${title}`} onClick={onDelete} />
    </span>
  );
}

/** What stands below the title, as far as there is any. */
function TaskFacts({ task }: { task: Task }) {
  const { today, locale } = useSession();
  const isOverdue = task.status !== "done" && task.due_on !== null && task.due_on < today;
  const isPlain = task.priority === "medium";
  return (
    <span className="task-facts">
      {task.due_on && (
        <span className={isOverdue ? "task-overdue" : undefined}>
          {isOverdue && <span className="visually-hidden">Overdue, </span>}
          {dueText(task.due_on, today, locale)}
        </span>
      )}
      {task.repeat_words && <span>{task.repeat_words}</span>}
      {!isPlain && (
        <span className={`task-priority task-${task.priority}`}>
          {priorityLabels[task.priority]}
        </span>
      )}
      {task.status === "in_progress" && <span>In progress</span>}
      <Assignee id={task.assignee_id} />
      <About task={task} />
      {task.tags.map((tag) => (
        <Link key={tag} to={address("/tasks", { tag })} className="task-tag">
          #{tag}
        </Link>
      ))}
      {task.description && <span className="clip task-description">{task.description}</span>}
    </span>
  );
}

function Assignee({ id }: { id: string | null }) {
  const { value: members = [] } = useMembers();
  const name = members.find(({ person_id }) => person_id === id)?.name;
  return name ? <span>{name}</span> : null;
}

function About({ task }: { task: Task }) {
  if (!task.link_name) return null;
  const to = linkAddress(task);
  const text = (
    <>
      <Icon name="link" size={12} /> {task.link_name}
    </>
  );
  return to ? <Link to={to}>{text}</Link> : <span>{text}</span>;
}
