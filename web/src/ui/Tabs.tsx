import { useEffect, useRef } from "react";
import { Link } from "./Link.tsx";

export type Tab = { to: string; label: string };

type TabsProps = { label: string; tabs: readonly Tab[]; current: string };

/** Links between the parts of one page; each part has an address of its own. */
export function Tabs({ label, tabs, current }: TabsProps) {
  const nav = useRef<HTMLElement>(null);
  // Where not all of them fit, the one in use is in sight.
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <nav ref={nav} className="tabs" aria-label={label}>
      {tabs.map(({ to, label: name }) => (
        <Link key={to} to={to} className="tab" aria-current={to === current ? "page" : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
