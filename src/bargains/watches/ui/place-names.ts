import { fold } from '@/kernel/text'

/** Polish places whose names are more than their slugs, as addresses of searches spell them. */
const NAMES = `Kraków, Łódź, Wrocław, Poznań, Gdańsk, Białystok, Częstochowa, Rzeszów, Toruń, Bielsko-Biała, Zielona Góra,
  Ruda Śląska, Gorzów Wielkopolski, Elbląg, Dąbrowa Górnicza, Płock, Wałbrzych, Włocławek, Tarnów, Chorzów, Grudziądz,
  Słupsk, Jastrzębie-Zdrój, Nowy Sącz, Jelenia Góra, Mysłowice, Piła, Piotrków Trybunalski, Inowrocław, Ostrowiec Świętokrzyski,
  Suwałki, Ostrołęka, Siemianowice Śląskie, Głogów, Zamość, Łomża, Tarnowskie Góry, Pruszków, Żory, Chełm, Przemyśl, Świdnica,
  Rumia, Tomaszów Mazowiecki, Kędzierzyn-Koźle, Będzin, Białogard, Racibórz, Świnoujście, Puławy,
  Dolnośląskie, Kujawsko-pomorskie, Łódzkie, Małopolskie, Śląskie, Świętokrzyskie, Warmińsko-mazurskie`

const bySlug = new Map(NAMES.split(/,\s+/).map((name) => [slugOf(name), name]))

function slugOf(name: string): string {
  return fold(name).replaceAll(' ', '-')
}

/** `zielona-gora_111405` → `Zielona Góra`; a place that is not known by name gets its capitals. */
export function placeName(slug: string): string {
  const bare = slug.replace(/_\d+$/, '')
  return bySlug.get(bare) ?? bare.replaceAll('-', ' ').replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase())
}
