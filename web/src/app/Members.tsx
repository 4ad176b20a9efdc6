import { lazy, Suspense, useEffect, useMemo } from "react";
import { factorRequired } from "../api/api.ts";
import { APIError } from "../api/APIError.ts";
import { auth } from "../api/identity.ts";
import type { HouseholdCard, Standing } from "../api/people.ts";
import { useProofQuestion } from "../api/proof.ts";
import type { Session } from "../api/types.ts";
import { useResource } from "../data/resource.ts";
import { useLive } from "../live/useLive.ts";
import { useFreshData } from "../live/freshData.ts";
import { Loading } from "../ui/Notices.tsx";
import { Toasts } from "../ui/Toasts.tsx";
import { arrivalToken, invitationPath } from "./arrival.ts";
import { openHousehold, useChosenHousehold } from "./chosenHousehold.ts";
import { NewNotices } from "./NewNotices.tsx";
import { PageFrame } from "./PageFrame.tsx";
import { navigate, useLocation } from "./router.ts";
import { openPageFor, pageFor } from "./routes.tsx";
import { SessionContext, signedIn } from "./session.ts";
import { Shell } from "./Shell.tsx";

const ProofDialog = lazy(() => import("../pages/proof/ProofDialog.tsx"));

/** Everything behind the door. Another household begins it anew. */
export function Members({ session }: { session: Session }) {
  const chosen = useChosenHousehold();
  useLive(session);
  return <Household key={chosen ?? "default"} session={session} chosen={chosen} />;
}

function memberOf(session: Session, me: Standing | undefined, chosen: string | null) {
  const households = me?.households ?? [session.household];
  const wanted = chosen ?? me?.household.id ?? session.household.id;
  const grants = me?.grants ?? [];
  const granted = grants.map((grant) => grant.household);
  const household = [...households, ...granted].find(({ id }) => id === wanted);
  return signedIn(
    me?.user ?? session.user,
    household ?? session.household,
    households,
    me?.permissions ?? [],
    grants,
  );
}

function Household({ session, chosen }: { session: Session; chosen: string | null }) {
  const { value: me, error } = useResource("me", auth.me);
  // A renewed session brings new objects; what the pages see changes only with their content.
  const identity = JSON.stringify([session.user, session.household.id, me, chosen]);
  const member = useMemo(
    () => memberOf(session, me, chosen),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [identity],
  );
  // What was chosen before may be gone since: the default one is always there.
  const isGone = error instanceof APIError && [403, 404].includes(error.status);
  const isLost = chosen !== null && (isGone || (me && member.household.id !== chosen));
  useEffect(() => {
    if (isLost) openHousehold(null);
  }, [isLost]);
  if (chosen !== null && !me) return <Loading label="Opening the household" rows={0} />;
  return (
    <SessionContext.Provider value={member}>
      <FreshData household={member.household} />
      <NewNotices />
      <Pages />
      <Proof />
      <Toasts />
    </SessionContext.Provider>
  );
}

/** Where the server asks everyone for a second factor, its set-up comes before all else. */
function useFactorDemand(): void {
  useEffect(() => {
    const go = () => navigate("/settings/security", { replace: true });
    addEventListener(factorRequired, go);
    return () => removeEventListener(factorRequired, go);
  }, []);
}

const doors = ["/sign-in", "/sign-up", "/forgot"];

function Pages() {
  const { path } = useLocation();
  useFactorDemand();
  useEffect(() => {
    if (!doors.includes(path)) return;
    const isInvited = arrivalToken(invitationPath) !== null;
    navigate(isInvited ? invitationPath : "/", { replace: true });
  }, [path]);
  const openPage = openPageFor(path);
  if (openPage) return <PageFrame key={path}>{openPage}</PageFrame>;
  return (
    <Shell>
      <PageFrame key={path}>{pageFor(path)}</PageFrame>
    </Shell>
  );
}

/** Mounted with the pages, so that it begins at the version that was there before them. */
function FreshData({ household }: { household: HouseholdCard }) {
  useFreshData(household);
  return null;
}

function Proof() {
  const question = useProofQuestion();
  if (!question) return null;
  return (
    <Suspense fallback={null}>
      <ProofDialog onAnswer={question.answer} />
    </Suspense>
  );
}
