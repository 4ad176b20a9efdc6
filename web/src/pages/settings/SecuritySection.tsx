import { factors as endpoint } from "../../api/identity.ts";
import type { Factors, Methods } from "../../api/people.ts";
import { useResource } from "../../data/resource.ts";
import { Loading, Note, ProblemNote } from "../../ui/Notices.tsx";
import { useMethods } from "../auth/useMethods.ts";
import { DevicesCard } from "./DevicesCard.tsx";
import { IdentitiesCard } from "./IdentitiesCard.tsx";
import { PasskeysCard } from "./PasskeysCard.tsx";
import { PasswordCard } from "./PasswordCard.tsx";
import { TokensCard } from "./TokensCard.tsx";
import { TwoStepCard } from "./TwoStepCard.tsx";

export default function SecuritySection() {
  const { value: factors, error } = useResource("factors", endpoint.all);
  const methods = useMethods();
  if (!methods || (!factors && !error)) return <Loading rows={8} />;
  return (
    <>
      {factors ? <Doors factors={factors} methods={methods} /> : <ProblemNote error={error} />}
      <DevicesCard />
      <TokensCard />
    </>
  );
}

function Doors({ factors, methods }: { factors: Factors; methods: Methods }) {
  return (
    <>
      {methods.require_second_factor && isWithoutSecond(factors) && (
        <Note icon="shield">
          This server asks everyone for a second step. Set up an app or a passkey here; then your
          books open.
        </Note>
      )}
      <PasswordCard hasPassword={factors.password} />
      <TwoStepCard factors={factors} />
      <PasskeysCard passkeys={factors.passkeys} />
      <IdentitiesCard identities={factors.identities} providers={methods.providers} />
    </>
  );
}

function isWithoutSecond({ totp, passkeys }: Factors): boolean {
  return !totp.enabled && passkeys.length === 0;
}
