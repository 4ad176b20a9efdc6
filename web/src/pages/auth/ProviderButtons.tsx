import { auth } from "../../api/identity.ts";
import type { Methods } from "../../api/people.ts";
import { keepForReturn } from "../../app/arrival.ts";
import { Button } from "../../ui/Button.tsx";
import { ProblemNote } from "../../ui/Notices.tsx";
import { AgreementHint, readVersions, type ShownVersions, useShownVersions } from "./Agreement.tsx";
import { useSubmission } from "./useSubmission.ts";

type Provider = Methods["providers"][number];

/** Leaves for the provider's own page; it sends the person back to /sign-in/oidc. */
export async function leaveFor(provider: string, link: boolean): Promise<void> {
  const { authorization_url: url } = await auth.startProvider(provider, link);
  location.assign(url);
}

/** Somebody new may come back from there: what they brought and agreed to is kept meanwhile. */
export function ProviderButtons({ providers }: { providers: readonly Provider[] }) {
  const shown = useShownVersions();
  if (providers.length === 0) return null;
  return (
    <>
      {providers.map((provider) => (
        <ProviderButton key={provider.id} provider={provider} shown={shown} />
      ))}
      <AgreementHint who="Who is new here agrees" />
    </>
  );
}

type ProviderButtonProps = { provider: Provider; shown: ShownVersions | undefined };

function ProviderButton({ provider, shown }: ProviderButtonProps) {
  const { problem, isBusy, submit } = useSubmission(async () => {
    keepForReturn(shown ?? (await readVersions()));
    await leaveFor(provider.id, false);
  });
  return (
    <>
      {problem && <ProblemNote>{problem}</ProblemNote>}
      <Button isBusy={isBusy} onClick={() => void submit()}>
        Sign in with {provider.name}
      </Button>
    </>
  );
}
