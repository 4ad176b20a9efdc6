import { type ReactNode, useEffect } from "react";

/** A page's title, also the window's, with what can be done beside it. */
export function PageHead({
  title,
  children,
  lead,
}: {
  title: string;
  children?: ReactNode;
  lead?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Martlet`;
  }, [title]);
  return (
    <div className="page-head">
      <div className="page-head-text">
        <h1>{title}</h1>
        {lead && <div className="page-lead">{lead}</div>}
      </div>
      {children && <div className="page-actions">{children}</div>}
    </div>
  );
}
