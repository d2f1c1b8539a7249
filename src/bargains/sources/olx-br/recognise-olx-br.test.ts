import { describe, expect, test } from 'vitest'
import { recogniseOlxBr } from './recognise-olx-br'

const recognised = (address: string) => recogniseOlxBr(new URL(address))

describe('what people paste of OLX Brasil', () => {
  test.each([
    'https://www.olx.com.br/imoveis/venda/estado-sp/regiao-de-sorocaba?ps=100000&q=casa',
    'https://olx.com.br/imoveis/venda/estado-sp/regiao-de-sorocaba/?q=casa&ps=100000&o=3&sf=1',
    'https://m.olx.com.br/Imoveis/venda/estado-sp/regiao-de-sorocaba?q=casa&sp=2&ps=100000&utm_source=x',
  ])('%s is one search, asked newest first', (address) => {
    const key = 'https://www.olx.com.br/imoveis/venda/estado-sp/regiao-de-sorocaba?ps=100000&q=casa'
    expect(recognised(address)).toEqual({
      kind: 'result',
      key,
      url: `${key}&sf=1`,
      says: {
        category: ['imoveis', 'venda'],
        place: 'regiao-de-sorocaba',
        distance: null,
        query: 'casa',
        priceFrom: '10000000',
        priceTo: null,
        currency: 'BRL',
        others: 0,
      },
    })
  })

  test('an advert stands at the host of its state and ends in its number', () => {
    const url = 'https://sp.olx.com.br/regiao-de-sorocaba/imoveis/casa-com-3-quartos-1473147491'
    expect(recognised(`${url}?lis=listing_1001`)).toEqual({ kind: 'offer', externalId: '1473147491', url })
  })

  test('other pages and other hosts are told apart', () => {
    for (const path of ['', 'conta', 'chat/x', 'favoritos']) {
      expect(recognised(`https://www.olx.com.br/${path}`)).toEqual({ kind: 'other' })
    }
    for (const host of ['conta.olx.com.br', 'static.olx.com.br', 'xx.olx.com.br', 'olx.com.br.evil.example']) {
      expect(recognised(`https://${host}/imoveis`)).toBeNull()
    }
  })
})
