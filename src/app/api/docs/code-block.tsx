/** Reachable by the keyboard, for it may be wider than the page. */
export function CodeBlock({ label, children }: { label: string; children: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable without a mouse
      tabIndex={0}
      className="overflow-x-auto rounded-card border border-line bg-well px-3 py-2"
    >
      <pre className="font-mono text-table">{children}</pre>
    </section>
  )
}
