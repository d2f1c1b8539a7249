'use client'

import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronsUpDown, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cx } from './class-names'
import type { BoxProps } from './combobox'
import { useFieldLink } from './field-link'
import { controlStyles } from './input'
import { popupItemStyles, popupStyles } from './popup-styles'
import type { Option } from './select'

/** A choice among many, found by typing. */
export function ComboboxBox<Value extends string>(props: BoxProps<Value>) {
  const { options, value, onChange, label, placeholder, disabled, empty, onQueryChange, className, arrival } = props
  const t = useTranslations('ui.combobox')
  const link = useFieldLink({ disabled, label })
  const chosen = options.find((option) => option.value === value) ?? null
  return (
    <Base.Root
      items={options}
      value={chosen}
      onValueChange={(option: Option<Value> | null) => onChange(option?.value ?? null)}
      onInputValueChange={onQueryChange && ((query) => onQueryChange(query))}
      filter={onQueryChange ? null : undefined}
      disabled={link.disabled}
      defaultOpen={arrival.open}
      isItemEqualToValue={(a, b) => a?.value === b?.value}
    >
      <Base.InputGroup className={cx('group/box relative w-full', className)}>
        <Base.Input
          {...link}
          autoFocus={arrival.focused}
          placeholder={placeholder}
          className={cx(controlStyles, 'control-height pr-14')}
        />
        <span className="absolute inset-y-0 right-1 flex items-center text-ink-3">
          <Base.Clear aria-label={t('clear')} className={iconStyles}>
            <X aria-hidden className="size-3.5" />
          </Base.Clear>
          <Base.Trigger aria-label={t('open')} className={iconStyles}>
            <ChevronsUpDown aria-hidden className="size-3.5" />
          </Base.Trigger>
        </span>
      </Base.InputGroup>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50">
          <Base.Popup aria-label={label} className={cx(popupStyles, 'w-(--anchor-width) p-1')}>
            <Base.Empty className="px-2 py-3 text-ink-3 empty:hidden">{empty ?? t('empty')}</Base.Empty>
            <Base.List className="max-h-72 overflow-y-auto">
              {(option: Option<Value>) => <ComboboxItem key={option.value} option={option} />}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const iconStyles = 'flex size-6 items-center justify-center rounded-control hover:bg-hover hover:text-ink'

function ComboboxItem({ option }: { option: Option }) {
  return (
    <Base.Item value={option} disabled={option.disabled} className={popupItemStyles}>
      {option.icon}
      <span className="min-w-0 flex-1">
        <span className="block truncate">{option.label}</span>
        {option.hint && <span className="block truncate text-ink-3 text-meta">{option.hint}</span>}
      </span>
      <Base.ItemIndicator>
        <Check aria-hidden />
      </Base.ItemIndicator>
    </Base.Item>
  )
}
