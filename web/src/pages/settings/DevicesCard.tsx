import { leave } from "../../api/api.ts";
import { auth, sessions as endpoint } from "../../api/identity.ts";
import type { Device } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { deviceName } from "../../data/deviceName.ts";
import { useResource } from "../../data/resource.ts";
import { formatInstant, fromNow } from "../../dates/instant.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";

export function DevicesCard() {
  const { value: devices, error } = useResource("sessions", endpoint.all);
  const { isBusy, run } = useAction();
  const others = devices?.filter(({ is_current: isCurrent }) => !isCurrent) ?? [];
  const endOthers = () =>
    run(async () => {
      await endpoint.endOthers();
      announce("Every other device is signed out.");
    });
  const endAll = () =>
    run(async () => {
      await auth.signOutEverywhere();
      leave();
    });
  return (
    <Card title="Devices" lead="Where you are signed in. One you do not know? Sign it out.">
      {error && !devices ? <ProblemNote error={error} /> : null}
      {!devices && !error && <Loading rows={3} />}
      <ul className="lines">
        {devices?.map((device) => (
          <DeviceLine key={device.id} device={device} />
        ))}
      </ul>
      <div className="button-row">
        {others.length > 0 && (
          <Button icon="signout" isBusy={isBusy} onClick={endOthers}>
            Sign out all others
          </Button>
        )}
        <Button disabled={isBusy} onClick={endAll}>
          Sign out everywhere
        </Button>
      </div>
    </Card>
  );
}

function DeviceLine({ device }: { device: Device }) {
  const { locale, user } = useSession();
  const { isBusy, run } = useAction();
  const name = deviceName(device.device);
  const end = () =>
    run(async () => {
      await endpoint.end(device.id);
      announce(`${name} is signed out.`);
    });
  const clock = { locale, timeZone: user.time_zone };
  return (
    <li className="line">
      <div className="line-main">
        <span className="line-title">
          {name} {device.is_current && <span className="badge badge-committed">This device</span>}
        </span>
        <span className="muted">
          {device.is_current ? "Now" : `Last used ${fromNow(device.used_at, locale)}`}
          {device.address && ` from ${device.address}`} · signed in{" "}
          {formatInstant(device.created_at, clock)}
          {device.first_address &&
            device.first_address !== device.address &&
            ` from ${device.first_address}`}
        </span>
      </div>
      {!device.is_current && (
        <Button kind="quiet" isBusy={isBusy} onClick={end} aria-label={`Sign out ${name}`}>
          Sign out
        </Button>
      )}
    </li>
  );
}
