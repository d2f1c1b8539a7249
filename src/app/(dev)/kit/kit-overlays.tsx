'use client'

import { useState } from 'react'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Menu } from '@/ui/menu'
import { Popover } from '@/ui/popover'
import { useToast } from '@/ui/toast'
import { Tooltip } from '@/ui/tooltip'

export function KitOverlays() {
  const toast = useToast()
  const [open, setOpen] = useState(false)
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setOpen(true)}>Dialog</Button>
      <Dialog
        title="Rename watch"
        description="The searches stay as they are."
        open={open}
        onOpenChange={setOpen}
        onSubmit={(event) => {
          event.preventDefault()
          setOpen(false)
        }}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" variant="primary">
              Rename
            </Button>
          </>
        }
      >
        <Field label="Name">
          <Input defaultValue="Rower miejski Kraków" />
        </Field>
      </Dialog>
      <ConfirmDialog
        trigger={<Button>Confirm</Button>}
        title="Erase this workspace?"
        description="41 watches, 812 matches and every channel go. This cannot be undone."
        confirm="Erase workspace"
        onConfirm={() => toast.done('Erased')}
      />
      <Menu
        label="A menu"
        trigger={<Button>Menu</Button>}
        align="start"
        items={[
          { kind: 'heading', label: 'This watch' },
          { label: 'Scan now', shortcut: 'R' },
          { label: 'Chosen', checked: true },
          { label: 'Cannot be done', disabled: true },
          { kind: 'separator' },
          { label: 'Delete', danger: true },
        ]}
      />
      <Popover title="Quiet hours" trigger={<Button>Popover</Button>}>
        <p className="text-ink-2 text-table">
          Between 22:00 and 7:00 messages wait, and come in one piece in the morning.
        </p>
      </Popover>
      <Tooltip text="A hint" shortcut="H">
        <Button>Tooltip</Button>
      </Tooltip>
      <Button onClick={() => toast.done('Watch deleted', { onUndo: () => toast.told('It is back') })}>
        Toast with undo
      </Button>
      <Button
        onClick={() =>
          toast.failed('OLX refuses our requests', { description: 'Nothing is lost; we try again at 15:02.' })
        }
      >
        Toast that failed
      </Button>
    </div>
  )
}
