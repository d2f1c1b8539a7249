/** The first thing that Tab reaches on a page. */
export function SkipLink({ label }: { label: string }) {
  return (
    <a
      href="#content"
      className="fixed top-2 left-2 z-60 rounded-control bg-ink px-3 py-2 font-medium text-paper not-focus:sr-only"
    >
      {label}
    </a>
  )
}
