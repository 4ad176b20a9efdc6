import { switchShortcuts, useShortcutsOn } from "../app/shortcuts.ts";
import { Dialog } from "./Dialog.tsx";

export type Keys = readonly (readonly [keys: readonly string[], text: string])[];

/** The keys of a page, and the switch for those that are single letters. */
export function KeysDialog({ keys, onClose }: { keys: Keys; onClose: () => void }) {
  const isOn = useShortcutsOn();
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="keys">
        {keys.map(([names, text]) => (
          <div key={text}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <label className="check-label">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => switchShortcuts(event.target.checked)}
        />
        <span>Single letters act at once</span>
      </label>
    </Dialog>
  );
}
