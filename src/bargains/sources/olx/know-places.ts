/** Category or place? The path does not say, so the places that most searches name are known here. */
const REGIONS = `dolnoslaskie kujawsko-pomorskie lubelskie lubuskie lodzkie malopolskie mazowieckie opolskie podkarpackie
  podlaskie pomorskie slaskie swietokrzyskie warminsko-mazurskie wielkopolskie zachodniopomorskie`

const CITIES = `warszawa krakow wroclaw lodz poznan gdansk szczecin bydgoszcz lublin bialystok katowice gdynia czestochowa
  radom rzeszow torun sosnowiec kielce gliwice olsztyn zabrze bielsko-biala bytom zielona-gora rybnik ruda-slaska opole
  tychy gorzow-wielkopolski elblag dabrowa-gornicza plock walbrzych wloclawek tarnow chorzow koszalin kalisz legnica
  grudziadz jaworzno slupsk jastrzebie-zdroj nowy-sacz jelenia-gora siedlce myslowice konin pila piotrkow-trybunalski
  inowroclaw lubin ostrowiec-swietokrzyski stargard suwalki gniezno ostroleka siemianowice-slaskie glogow pabianice leszno
  zamosc lomza tarnowskie-gory pruszkow zory chelm sopot przemysl tczew mielec swidnica rumia tomaszow-mazowiecki kedzierzyn-kozle
  stalowa-wola bedzin bialogard zgierz raciborz swinoujscie legionowo otwock piaseczno wejherowo pulawy`

const PLACES = new Set(`${REGIONS} ${CITIES}`.split(/\s+/))

/** The first segments of OLX.pl's own tree; a lone segment that is none of them is a town. */
const CATEGORIES = new Set(
  `antyki-i-kolekcje dla-dzieci dla-firm dom-ogrod elektronika firma-przemysl moda motoryzacja muzyka-edukacja nieruchomosci
   noclegi oddam-za-darmo praca rolnictwo sport-hobby uroda-zdrowie zdrowie-i-uroda uslugi uslugi-firmy wypozyczalnia zamienie
   zwierzeta`.split(/\s+/),
)

/** Whether the last segment of a path of `length` category and place segments names a place. */
export function isPlace(segment: string, length: number): boolean {
  return PLACES.has(segment) || isNumberedPlace(segment) || (length === 1 && !CATEGORIES.has(segment))
}

/** OLX tells places of one name apart by a number behind it: `zielona-gora_111405`. No category has one, in any country. */
export function isNumberedPlace(segment: string): boolean {
  return /_\d+$/.test(segment)
}
