import { describe, expect, it } from 'vitest'
import type { ListedTask } from '../schema'
import { inputOf, valuesOf } from './task-values'

const ZONE = 'Europe/Warsaw'
const task: ListedTask = {
  ...{ id: '1', kind: 'call', priority: 'high', title: 'Call Anna', note: '', state: 'soon', doneAt: null, version: 2 },
  ...{ contactId: 'c1', contactName: 'Anna Nowak', assigneeId: null, assigneeName: null, repeat: null },
  ...{ dueOn: '2026-07-01', remindAt: '2026-07-01T07:00:00.000Z', createdAt: '2026-06-01T07:00:00.000Z' },
}

describe('the form of a task', () => {
  it('gives back what it was given: contact, whose it is, and the hour on the wall', () => {
    const values = valuesOf(task, null, ZONE)
    expect(values).toMatchObject({ contact: { id: 'c1', name: 'Anna Nowak' }, assigneeId: null, hour: '09' })
    expect(inputOf(values, ZONE)).toMatchObject({ contactId: 'c1', assigneeId: null, remindAt: task.remindAt })
  })

  it('of a new one says nothing of whose it is until somebody chooses', () => {
    const values = { ...valuesOf(null, { id: 'c2', name: 'Jan' }, ZONE), title: 'Visit' }
    expect(inputOf(values, ZONE)).toMatchObject({ contactId: 'c2', title: 'Visit', dueOn: null, remindAt: null })
    expect(inputOf(values, ZONE)).not.toHaveProperty('assigneeId')
  })
})
