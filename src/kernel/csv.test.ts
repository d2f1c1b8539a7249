import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine, inertCell, plainCell, readCsv } from './csv'
import { decodeText, sniffEncoding } from './csv-text'

const cellsOf = (text: string, delimiter = ',') => [...readCsv(text, delimiter)].map(({ cells }) => cells)
const cell = fc.string({
  unit: fc.constantFrom('a', 'ł', '"', ',', ';', '\n', '\r', '\r\n', ' ', '', "'", '=', '-', '😀'),
})

describe('reading CSV', () => {
  it('gives back what was written, whatever the cells hold', () => {
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 })
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), (table, delimiter, end) => {
        const text = table.map((row) => csvLine(row, delimiter) + end).join('')
        expect(cellsOf(text, delimiter)).toEqual(table)
      }),
    )
  })

  it('counts lines, also those within a quoted cell, and leaves out blank ones', () => {
    const records = [...readCsv('a,b\r\n\r\n"x\ny",2\n\n"last"', ',')]
    expect(records).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['x\ny', '2'] },
      { line: 6, cells: ['last'] },
    ])
  })

  it('takes a quote within a cell for a letter, and refuses one that is never closed', () => {
    expect(cellsOf('5" pipe,"a"b')).toEqual([['5" pipe', 'ab']])
    expect(() => cellsOf('a\n"b,c\nd')).toThrow('line 2')
  })
})

describe('a cell that a spreadsheet would run', () => {
  it('is made inert, and is the same again when it is read', () => {
    fc.assert(fc.property(cell, (value) => plainCell(inertCell(value)) === value))
    for (const bad of ['=1+1', '+cmd', '-2', '@sum', '\tx', '\r=1', "'=1"]) {
      expect(inertCell(bad).startsWith("'")).toBe(true)
      expect(plainCell(inertCell(bad))).toBe(bad)
    }
    expect(inertCell('+48 600 100 200')).toBe('+48 600 100 200')
    expect(plainCell("'tis")).toBe("'tis")
  })
})

describe('the encoding of a file', () => {
  const bytes = (...codes: number[]) => Uint8Array.from(codes)
  const read = (data: Uint8Array) => {
    const encoding = sniffEncoding(data)
    return encoding && [encoding, decodeText(data, encoding)]
  }

  it('is told by its mark, and the mark is no part of the text', () => {
    expect(read(Buffer.from('\uFEFFimię'))).toEqual(['utf-8', 'imię'])
    expect(read(Buffer.from('\uFEFFimię', 'utf16le'))).toEqual(['utf-16le', 'imię'])
    expect(read(bytes(0xfe, 0xff, 0, 0x61, 0x01, 0x42))).toEqual(['utf-16be', 'ał'])
  })

  it('is told by the bytes where there is no mark', () => {
    expect(read(Buffer.from('Łódź'))).toEqual(['utf-8', 'Łódź'])
    expect(read(Buffer.from('name,amount', 'utf16le'))).toEqual(['utf-16le', 'name,amount'])
    // "Wałęsa", "Żółty" in windows-1250; "Mère", "Søren" in windows-1252.
    expect(read(bytes(0x57, 0x61, 0xb3, 0xea, 0x73, 0x61))).toEqual(['windows-1250', 'Wałęsa'])
    expect(read(bytes(0xaf, 0xf3, 0xb3, 0x74, 0x79))).toEqual(['windows-1250', 'Żółty'])
    expect(read(bytes(0x4d, 0xe8, 0x72, 0x65))).toEqual(['windows-1252', 'Mère'])
    expect(read(bytes(0x53, 0xf8, 0x72, 0x65, 0x6e))).toEqual(['windows-1252', 'Søren'])
  })

  it('is none where the file is no text', () => {
    expect(sniffEncoding(bytes(0x50, 0x4b, 3, 4, 20, 0, 6, 0))).toBeNull()
    expect(sniffEncoding(bytes(0x89, 0x50, 0x4e, 0x47, 1, 2, 3))).toBeNull()
  })
})
