'use client'

import { Search } from 'lucide-react'
import { cx } from './class-names'
import { Input } from './input'
import { Kbd } from './kbd'

type SearchFieldProps = {
  value: string
  onChange: (value: string) => void
  /** What is searched: "Search watches". */
  label: string
  className?: string
}

/** The page's search: `/` comes here. Escape empties it. */
export function SearchField({ value, onChange, label, className }: SearchFieldProps) {
  return (
    <search className={cx('block w-full sm:w-56', className)}>
      <Input
        type="search"
        data-search
        aria-label={label}
        aria-keyshortcuts="/"
        placeholder={label}
        value={value}
        before={<Search aria-hidden />}
        after={value ? undefined : <Kbd keys="/" />}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
        className="[&::-webkit-search-cancel-button]:hidden"
      />
    </search>
  )
}
