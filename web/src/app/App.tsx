import { useCallback, useEffect, useState } from "react";
import { api, leave, onSession } from "../api/api.ts";
import { APIError, isUnreachable, messageOf } from "../api/APIError.ts";
import type { Session } from "../api/types.ts";
import { forgetNotices } from "../data/notices.ts";
import { forgetData } from "../data/resource.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState, Loading } from "../ui/Notices.tsx";
import { Toasts } from "../ui/Toasts.tsx";
import { forgetHousehold } from "./chosenHousehold.ts";
import { Members } from "./Members.tsx";
import { PageFrame } from "./PageFrame.tsx";
import { useLocation } from "./router.ts";
import { visitorPageFor } from "./routes.tsx";
import { forgetSteps } from "./undo.ts";
import { onVisitEnded, rememberVisit, wasSignedIn } from "./visit.ts";

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
        forgetNotices();
        if (person !== null) forgetHousehold();
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
    const isAway = isUnreachable(standing.problem);
    return (
      <main className="page-narrow">
        <EmptyState
          icon="warning"
          title={isAway ? "Martlet cannot be reached" : "Martlet cannot answer now"}
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
      <PageFrame key={path}>{visitorPageFor(path)}</PageFrame>
      <Toasts />
    </>
  );
}
