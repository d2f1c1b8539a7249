import { expect, test } from 'vitest'
import { type Column, nextSort, sortRows } from './data-table-model'

type Row = { name: string; price: bigint | null }

const columns: Column<Row>[] = [
  { id: 'name', header: 'Name', cell: (row) => row.name, sortValue: (row) => row.name },
  { id: 'price', header: 'Price', cell: () => null, sortValue: (row) => row.price, descFirst: true },
]

const rows: Row[] = [
  { name: 'Łóżko 10', price: 5n },
  { name: 'Zegar', price: null },
  { name: 'Łóżko 9', price: 90_071_992_547_409_931n },
  { name: 'ławka', price: 5n },
]

const names = (sort: { id: string; desc: boolean } | null) => sortRows(rows, columns, sort, 'pl').map((row) => row.name)

test("names are sorted by the reader's alphabet, with numbers as numbers", () => {
  expect(names({ id: 'name', desc: false })).toEqual(['ławka', 'Łóżko 9', 'Łóżko 10', 'Zegar'])
})

test('a row without a value comes last, whichever way the others run', () => {
  expect(names({ id: 'price', desc: false })).toEqual(['Łóżko 10', 'ławka', 'Łóżko 9', 'Zegar'])
  expect(names({ id: 'price', desc: true })).toEqual(['Łóżko 9', 'Łóżko 10', 'ławka', 'Zegar'])
})

test('without a sort, or by a column that is not there, the rows keep their order', () => {
  expect(names(null)).toEqual(rows.map((row) => row.name))
  expect(names({ id: 'gone', desc: false })).toEqual(rows.map((row) => row.name))
})

test('clicks on a head go one way, the other way, and back', () => {
  const price = columns[1] as Column<Row>
  const first = nextSort(price, null)
  const second = nextSort(price, first)
  expect([first, second, nextSort(price, second)]).toEqual([
    { id: 'price', desc: true },
    { id: 'price', desc: false },
    null,
  ])
})
