import { crc32, deflateSync } from 'node:zlib'
import { hash, randomOf } from '../random.ts'
import type { Drawing } from './advert.ts'

/** Real PNG pictures of 320 × 240, drawn with a palette of six colours: wall, floor, thing, its dark side, light, shadow. */

const WIDTH = 320
const HEIGHT = 240

type Dot = (x: number, y: number) => number
const WALL = 0
const FLOOR = 1
const BODY = 2
const DARK = 3
const LIGHT = 4
const SHADOW = 5

/** `number` is which photo of the advert: the thing stands elsewhere and is lit otherwise. */
export function drawPhoto(picture: string, number: number, drawing: Drawing): Buffer {
  const random = randomOf(`photo/${picture}`)
  const hue = random.int(0, 359)
  const shift = { x: ((number * 37) % 60) - 30, y: ((number * 13) % 24) - 8 }
  const thing = THINGS[drawing]
  const dot: Dot = (x, y) => thing(x - shift.x, y - shift.y)
  return encode(paletteOf(hue, hash(`${picture}/${number}`) % 40), (x, y) => dot(x, y) || (y > 178 ? FLOOR : WALL))
}

function paletteOf(hue: number, turn: number): Buffer {
  const colours = [
    rgb(hue + 180 + turn, 0.22, 0.86),
    rgb(hue + 200 + turn, 0.25, 0.7),
    rgb(hue, 0.62, 0.52),
    rgb(hue, 0.6, 0.33),
    rgb(hue, 0.4, 0.9),
    rgb(hue, 0.15, 0.2),
  ]
  return Buffer.from(colours.flat())
}

function rgb(hue: number, saturation: number, light: number): number[] {
  const a = saturation * Math.min(light, 1 - light)
  const channel = (n: number) => {
    const k = (n + (hue % 360) / 30) % 12
    return Math.round(255 * (light - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
  }
  return [channel(0), channel(8), channel(4)]
}

function ring(x: number, y: number, cx: number, cy: number, radius: number, width: number): boolean {
  return Math.abs(Math.hypot(x - cx, y - cy) - radius) <= width / 2
}

function line(x: number, y: number, [x1, y1, x2, y2]: readonly number[], width: number): boolean {
  const [ax, ay, bx, by] = [x1 ?? 0, y1 ?? 0, x2 ?? 0, y2 ?? 0]
  const length = (bx - ax) ** 2 + (by - ay) ** 2
  const t = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)) <= width / 2
}

function box(x: number, y: number, left: number, top: number, width: number, height: number): boolean {
  return x >= left && x < left + width && y >= top && y < top + height
}

const FRAME = [
  [100, 170, 135, 110],
  [135, 110, 195, 110],
  [195, 110, 150, 170],
  [150, 170, 100, 170],
  [135, 110, 150, 170],
  [195, 110, 222, 170],
  [195, 110, 188, 82],
  [188, 82, 206, 78],
]

function bike(x: number, y: number): number {
  if (FRAME.some((part) => line(x, y, part, 6))) return BODY
  if (box(x, y, 120, 96, 30, 7)) return SHADOW
  if (ring(x, y, 100, 170, 40, 7) || ring(x, y, 222, 170, 40, 7)) return SHADOW
  return ring(x, y, 150, 170, 9, 6) ? DARK : 0
}

function cot(x: number, y: number): number {
  if (box(x, y, 70, 70, 180, 9) || box(x, y, 70, 160, 180, 12)) return DARK
  if (box(x, y, 66, 60, 10, 142) || box(x, y, 244, 60, 10, 142)) return BODY
  if (box(x, y, 82, 146, 160, 14)) return LIGHT
  return box(x, y, 80, 79, 164, 82) && x % 18 < 6 ? BODY : 0
}

function freezer(x: number, y: number): number {
  if (box(x, y, 206, 90, 6, 36) || box(x, y, 206, 140, 6, 30)) return DARK
  if (box(x, y, 104, 130, 116, 3)) return SHADOW
  if (box(x, y, 104, 38, 116, 164)) return x < 116 ? LIGHT : BODY
  return box(x, y, 112, 202, 16, 8) || box(x, y, 196, 202, 16, 8) ? SHADOW : 0
}

function phone(x: number, y: number): number {
  if (box(x, y, 124, 52, 72, 128)) return (x + y) % 46 < 20 ? LIGHT : BODY
  if (ring(x, y, 160, 191, 4, 8)) return LIGHT
  return box(x, y, 116, 38, 88, 164) ? SHADOW : 0
}

function car(x: number, y: number): number {
  if (ring(x, y, 110, 176, 14, 26) || ring(x, y, 216, 176, 14, 26)) return SHADOW
  if (box(x, y, 118, 104, 38, 26) || box(x, y, 164, 104, 40, 26)) return LIGHT
  if (box(x, y, 62, 132, 200, 44)) return y > 160 ? DARK : BODY
  return box(x, y, 104, 94, 112, 40) ? BODY : 0
}

function parcel(x: number, y: number): number {
  if (box(x, y, 152, 96, 18, 100)) return LIGHT
  return box(x, y, 90, 96, 142, 100) ? (x > 196 ? DARK : BODY) : 0
}

const THINGS: Record<Drawing, Dot> = { bike, cot, freezer, phone, car, box: parcel }

function encode(palette: Buffer, colour: Dot): Buffer {
  const rows = Buffer.alloc((WIDTH + 1) * HEIGHT)
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) rows[y * (WIDTH + 1) + 1 + x] = colour(x, y)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(WIDTH, 0)
  head.writeUInt32BE(HEIGHT, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
