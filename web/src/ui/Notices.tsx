import type { ReactNode } from "react";
import { messageOf } from "../api/APIError.ts";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";

/** What to do next, where there is nothing yet to show. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="empty">
      <Icon name={icon} size={28} />
      <h2>{title}</h2>
      {children && <div className="empty-text">{children}</div>}
      {actions && <div className="empty-actions">{actions}</div>}
    </div>
  );
}

export function ProblemNote({ error, children }: { error?: unknown; children?: ReactNode }) {
  return (
    <div className="note note-problem" role="alert">
      <Icon name="warning" />
      <div>{children ?? messageOf(error)}</div>
    </div>
  );
}

export function Note({ children, icon = "info" }: { children: ReactNode; icon?: IconName }) {
  return (
    <div className="note">
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

/** Holds the place of what is on its way, so that nothing jumps when it comes. */
export function Loading({ label = "Loading", rows = 3 }: { label?: string; rows?: number }) {
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="loading-row" />
      ))}
    </div>
  );
}

export function ProgressBar({
  label,
  done,
  total,
}: {
  label: string;
  done: number;
  total: number;
}) {
  return (
    <div className="progress">
      <p className="progress-label">{label}</p>
      <progress aria-label={label} {...(total > 0 ? { value: done, max: total } : {})} />
    </div>
  );
}
