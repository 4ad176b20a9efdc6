import { type ReactNode, useId } from "react";

type CardProps = { title: string; lead?: ReactNode; actions?: ReactNode; children?: ReactNode };

/** One subject of a page: its name, what it is for, and what can be done. */
export function Card({ title, lead, actions, children }: CardProps) {
  const id = useId();
  return (
    <section className="card stack" aria-labelledby={id}>
      <header className="subject-head">
        <div className="subject-text">
          <h2 id={id}>{title}</h2>
          {lead && <p className="muted">{lead}</p>}
        </div>
        {actions && <div className="card-tools">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
