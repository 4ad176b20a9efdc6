import { switchShortcuts, useShortcutsOn } from "../app/shortcuts.ts";

/** What each key does on a page, and the switch for those who speak to their machine. */
export function KeyList({ keys }: { keys: readonly [names: string[], text: string][] }) {
  const isOn = useShortcutsOn();
  return (
    <>
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
    </>
  );
}
