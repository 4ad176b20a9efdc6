import { type DragEvent, useRef, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";

/** Takes a dropped file; the button does the same for keyboards and phones. */
export function DropZone({ onFile, isBusy }: { onFile: (file: File) => void; isBusy: boolean }) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !isBusy) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <div
      className={isOver ? "drop drop-over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="file" size={28} />
      <p className="drop-title">Drop a statement here</p>
      <Button kind="primary" isBusy={isBusy} onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <p className="muted">CSV, OFX or QFX, up to 10 MB. Nothing is saved before you accept it.</p>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        aria-label="Statement file"
        tabIndex={-1}
        onChange={(event) => {
          take(event.target.files);
          // So that the same file can be chosen again.
          event.target.value = "";
        }}
      />
    </div>
  );
}
