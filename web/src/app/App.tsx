import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { api, leave, onSession } from "../api/api.ts";
import { APIError, messageOf } from "../api/APIError.ts";
import type { Session } from "../api/types.ts";
import { forgetData } from "../data/resource.ts";
import { AuthPage } from "../pages/auth/AuthPage.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState, Loading } from "../ui/Notices.tsx";
import { Toasts } from "../ui/Toasts.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { navigate, useLocation } from "./router.ts";
import { pageFor } from "./routes.tsx";
import { SessionContext, signedIn } from "./session.ts";
import { forgetSteps } from "./undo.ts";
import { onVisitEnded, rememberVisit, wasSignedIn } from "./visit.ts";
import { Shell } from "./Shell.tsx";

type Standing = Session | "unknown" | "nobody" | { problem: unknown };

/** Who is here: asked of the server once, if this browser was signed in before. */
function useStanding(): [Standing, () => void] {
  const [standing, setStanding] = useState<Standing>("unknown");
  const ask = useCallback(() => {
    if (!wasSignedIn()) return setStanding("nobody");
    api.refresh().catch((error: unknown) => {
      const isRefused = error instanceof APIError && error.status === 401;
      if (isRefused) rememberVisit(false);
      setStanding(isRefused ? "nobody" : { problem: error });
    });
  }, []);
  useEffect(() => {
    let person: string | null = null;
    const stopSession = onSession((session) => {
      rememberVisit(session !== null);
      // Another tab may have signed in someone else: nothing of the one is shown to the other.
      if (session?.user.id !== person) {
        forgetData();
        forgetSteps();
      }
      person = session?.user.id ?? null;
      setStanding(session ?? "nobody");
    });
    const stopVisit = onVisitEnded(leave);
    ask();
    return () => {
      stopSession();
      stopVisit();
    };
  }, [ask]);
  return [standing, ask];
}

export function App() {
  const [standing, askAgain] = useStanding();
  if (standing === "unknown") return <Loading label="Opening Martlet" rows={0} />;
  if (standing === "nobody") return <Visitors />;
  if ("problem" in standing) {
    return (
      <main className="page-narrow">
        <EmptyState
          icon="warning"
          title="Martlet cannot be reached"
          actions={<Button onClick={askAgain}>Try again</Button>}
        >
          <p>{messageOf(standing.problem)}</p>
        </EmptyState>
      </main>
    );
  }
  return <Members session={standing} />;
}

function Visitors() {
  const { path } = useLocation();
  return (
    <>
      <AuthPage isSigningUp={path === "/sign-up"} />
      <Toasts />
    </>
  );
}

function Members({ session }: { session: Session }) {
  const { path } = useLocation();
  const { user, household } = session;
  // A renewed session brings new objects; what the pages see changes only with their content.
  const identity = JSON.stringify([user, household.id, household.currency, household.role]);
  const member = useMemo(
    () => signedIn(user, household),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [identity],
  );
  useEffect(() => {
    if (path === "/sign-in" || path === "/sign-up") navigate("/", { replace: true });
  }, [path]);
  return (
    <SessionContext.Provider value={member}>
      <Shell>
        <PageFrame key={path}>{pageFor(path)}</PageFrame>
      </Shell>
      <Toasts />
    </SessionContext.Provider>
  );
}

function PageFrame({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary>
      <Suspense fallback={<Loading rows={6} />}>{children}</Suspense>
    </ErrorBoundary>
  );
}
