import { type FormEvent, type ReactNode, useEffect } from "react";
import { Brand } from "../../app/Brand.tsx";
import { Link } from "../../ui/Link.tsx";

/** The card in the middle of an empty page, for whoever is not signed in yet. */
export function AuthFrame({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Martlet`;
  }, [title]);
  return (
    <main className="auth">
      <div className="auth-card">
        <Link to="/" className="brand auth-brand" aria-label="Martlet">
          <Brand />
        </Link>
        <div className="form">
          <h1>{title}</h1>
          {children}
        </div>
      </div>
      <footer className="auth-foot">
        <p>Your books stay on this server. Nothing is sent elsewhere.</p>
        <p className="auth-links">
          <Link to="/privacy">Privacy</Link>
          <Link to="/terms">Terms</Link>
        </p>
      </footer>
    </main>
  );
}

export function AuthForm({
  onSubmit,
  children,
}: {
  onSubmit: (event: FormEvent) => void;
  children: ReactNode;
}) {
  return (
    <form onSubmit={onSubmit} className="form" noValidate>
      {children}
    </form>
  );
}
