/** Made-up people are made of these: given names by the language of the family name, and places to live in. */

export type Nation = {
  readonly given: readonly string[]
  readonly family: readonly string[]
  readonly streets: readonly string[]
  /** With the beginning of their postal codes. */
  readonly cities: readonly (readonly [name: string, postal: string])[]
  readonly country: string
  /** Calling code, and the digits that a number begins with. */
  readonly phone: readonly [code: string, begins: string]
}

const words = (text: string) => text.trim().split(/\s+/)

export const POLISH: Nation = {
  given:
    words(`Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Zofia Teresa Magdalena Joanna Jadwiga
    Danuta Irena Halina Helena Beata Aleksandra Marta Dorota Marianna Monika Łucja Grażyna Jolanta Stanisława Iwona Karolina
    Jan Andrzej Piotr Krzysztof Stanisław Tomasz Paweł Józef Marcin Marek Michał Grzegorz Jerzy Tadeusz Adam Łukasz
    Zbigniew Ryszard Dariusz Henryk Mariusz Kazimierz Wojciech Robert Mateusz Marian Rafał Jacek Janusz Mirosław`),
  family:
    words(`Nowak Kowalik Wiśnik Wójcik Kowalczyk Kamyk Lewandek Zielonka Szymczak Woźniak Dąbek Kozieł Jankowiak Mazur
    Wojtyra Kwiatek Krawczyk Kaczmarek Piotrowiak Grabiec Zając Pawłowicz Michalik Król Wieczorek Jabłonka Wróbel Majewicz
    Olszak Stępień Malina Jaworek Adamczyk Dudek Nowicki Pawlak Górka Witkowiak Walczak Sikora Baran Rutka Michalak Szewczyk
    Ostrowiak Tomczak Pietrzak Marciniak Wrona Łuczak Kubiak Bąk Wilk Czarnota Kędra Żurek Śliwa Ćwik Źrebiec Głowacz
    Urban Sadowiak Bielak Gajda Klimek Ratajczak Kania Mikuła Kozak Kuśnierz Łapka Cieślak Kołodziej Gołąb Domagała Wierzba
    Sobczak Markowiak Czajka Skiba Przybył Bednarz Kasprzak Matusik Szulc Kurek Borek Milczarek Żuk Rogala Lisek Szpak`),
  streets: words(
    'Polna Leśna Słoneczna Krótka Szkolna Ogrodowa Lipowa Brzozowa Łąkowa Kwiatowa Kościelna Sosnowa Parkowa',
  ),
  cities: [
    ...[['Warszawa', '00'] as const, ['Kraków', '30'] as const, ['Łódź', '90'] as const, ['Wrocław', '50'] as const],
    ...[['Poznań', '60'] as const, ['Gdańsk', '80'] as const, ['Szczecin', '70'] as const, ['Lublin', '20'] as const],
    ...[
      ['Białystok', '15'] as const,
      ['Katowice', '40'] as const,
      ['Rzeszów', '35'] as const,
      ['Toruń', '87'] as const,
    ],
  ],
  country: 'PL',
  phone: ['+48', '60'],
}

export const ENGLISH: Nation = {
  given: words(`Olivia Amelia Emily Grace Alice Hannah Lucy Sophie Ruth Esther Naomi Abigail Charlotte Eleanor Rose
    Oliver George Harry Jack Noah Thomas William James Daniel Samuel Peter Andrew Simon Philip Edward`),
  family:
    words(`Smithson Jonesby Tayler Brownlow Wilmot Davison Evansby Walkerton Whitby Robertsby Greenwood Hallam Cookson
    Harrow Claxton Bakerley Morrison Wardle Turnbull Parkin Collingham Stewardson Bellamy Hughson Edwin Foxley`),
  streets: words('High_Street Church_Lane Mill_Road Station_Road Park_Avenue Green_Lane').map((name) =>
    name.replace('_', ' '),
  ),
  cities: [
    ...[['London', 'N1'] as const, ['Leeds', 'LS'] as const, ['Bristol', 'BS'] as const, ['York', 'YO'] as const],
  ],
  country: 'GB',
  phone: ['+44', '7700'],
}

export const ORGANISATIONS = words('Bakery Parish School Printers Nursery Clinic Garage Bookshop Studio Foundation')
