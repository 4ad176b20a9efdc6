import { useEffect, useState } from "react";
import { api } from "../../api/api.ts";
import { messageOf } from "../../api/APIError.ts";
import { auth, households } from "../../api/identity.ts";
import { type HalfLogin, isSession, type SignInAnswer } from "../../api/people.ts";
import {
  arrivalToken,
  forgetArrival,
  invitationPath,
  takeShownVersions,
} from "../../app/arrival.ts";
import { navigate } from "../../app/router.ts";
import { Link } from "../../ui/Link.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { announce } from "../../ui/toasts.ts";
import { AuthFrame } from "./AuthFrame.tsx";
import { SecondFactorStep } from "./SecondFactorStep.tsx";

/** What the provider sent back; taken out of the address before anything else happens. */
function takeAnswer(): URLSearchParams {
  const query = new URLSearchParams(location.search);
  history.replaceState(null, "", location.pathname);
  return query;
}

async function finish(query: URLSearchParams): Promise<SignInAnswer | null> {
  const [state, code, iss] = ["state", "code", "iss"].map((name) => query.get(name));
  if (query.get("error") === "access_denied") throw new Error("You chose not to sign in there.");
  if (!state || !code) throw new Error("The other side sent no answer. Please try again.");
  const invitation = arrivalToken(invitationPath);
  const answer = await auth.finishProvider({
    state,
    code,
    ...(iss && { iss }),
    ...(invitation && { invitation }),
    ...takeShownVersions(),
  });
  // Who is new has joined by now, and the invitation is used up. Who was known may still accept it.
  if (invitation) await households.look(invitation).catch(forgetArrival);
  return answer;
}

/** Where a provider sends people back to, signed in there; also to link it to a person here. */
export default function ProviderReturnPage() {
  const [problem, setProblem] = useState<string | null>(null);
  const [half, setHalf] = useState<HalfLogin | null>(null);
  useEffect(() => {
    const settle = (answer: SignInAnswer | null) => {
      if (isSession(answer)) {
        navigate(arrivalToken(invitationPath) ? invitationPath : "/", { replace: true });
        api.begin(answer);
      } else if (answer && "token" in answer) setHalf(answer);
      else {
        announce("The account is linked. You can sign in with it from now on.");
        navigate("/settings/security", { replace: true });
      }
    };
    finish(takeAnswer()).then(settle, (error: unknown) => setProblem(messageOf(error)));
  }, []);
  if (half) {
    return <SecondFactorStep half={half} onEnd={() => navigate("/sign-in", { replace: true })} />;
  }
  return (
    <AuthFrame title="Signing in">
      {problem ? <ProblemNote>{problem}</ProblemNote> : <Loading rows={2} />}
      {problem && (
        <p className="auth-other">
          <Link to={api.isSignedIn ? "/settings/security" : "/sign-in"}>Go back</Link>
        </p>
      )}
    </AuthFrame>
  );
}
