import { encodeAs } from './encode-as';
import { marked, type OfficeFile, raw, utf8 } from './office-file';

/** Files in the encodings that offices save. */
export const encodings: OfficeFile[] = [
  {
    what: 'Excel, CSV UTF-8: with its mark',
    bytes: marked([0xef, 0xbb, 0xbf], utf8('Name;Ort\r\nZoë;Köln\r\n')),
    rows: [{ Name: 'Zoë', Ort: 'Köln' }],
    encoding: 'utf-8',
  },
  {
    what: 'Excel, Unicode text: UTF-16 with mark, tabs',
    bytes: marked([0xff, 0xfe], encodeAs('id\tname\r\n1\tZoë\r\n', 'utf-16le')),
    rows: [{ id: 1, name: 'Zoë' }],
    encoding: 'utf-16le',
  },
  {
    what: 'UTF-16, big end first, with mark',
    bytes: marked([0xfe, 0xff], encodeAs('id\tname\n1\tŁódź\n', 'utf-16be')),
    rows: [{ id: 1, name: 'Łódź' }],
    encoding: 'utf-16be',
  },
  {
    what: 'UTF-16 without mark',
    bytes: encodeAs('id,name\r\n1,Anna\r\n', 'utf-16le'),
    rows: [{ id: 1, name: 'Anna' }],
    encoding: 'utf-16le',
  },
  {
    what: 'UTF-16, big end first, without mark',
    bytes: encodeAs('id,name\r\n1,Anna\r\n', 'utf-16be'),
    rows: [{ id: 1, name: 'Anna' }],
    encoding: 'utf-16be',
  },
  {
    what: 'German Excel, CSV: one name',
    bytes: encodeAs('id;name\r\n1;Müller\r\n', 'windows-1252'),
    rows: [{ id: 1, name: 'Müller' }],
    encoding: 'windows-1252',
  },
  {
    what: 'German Excel, CSV: Straße, Größe, €',
    bytes: encodeAs('Straße;Größe;Preis in €\r\nÄußere Gasse 3;12 m²;31,40 €\r\n', 'windows-1252'),
    rows: [{ Straße: 'Äußere Gasse 3', Größe: '12 m²', 'Preis in €': '31,40 €' }],
    encoding: 'windows-1252',
  },
  {
    what: 'French Excel, CSV',
    bytes: encodeAs(
      'Prénom;Ville;Œuvre\r\nÉlève;Besançon;Le cœur, là où naît l’été\r\n',
      'windows-1252',
    ),
    rows: [{ Prénom: 'Élève', Ville: 'Besançon', Œuvre: 'Le cœur, là où naît l’été' }],
    encoding: 'windows-1252',
  },
  {
    what: 'Spanish Excel, CSV',
    bytes: encodeAs('Año;Nota\r\n2026;¿Señor Núñez? ¡Sí!\r\n', 'windows-1252'),
    rows: [{ Año: 2026, Nota: '¿Señor Núñez? ¡Sí!' }],
    encoding: 'windows-1252',
  },
  {
    what: 'Portuguese Excel, CSV',
    bytes: encodeAs('Nome;Região\r\nJoão Conceição;São Paulo, Três Corações\r\n', 'windows-1252'),
    rows: [{ Nome: 'João Conceição', Região: 'São Paulo, Três Corações' }],
    encoding: 'windows-1252',
  },
  {
    what: 'Danish Excel, CSV',
    bytes: encodeAs('Navn;By\r\nSøren Ærø;Århus\r\n', 'windows-1252'),
    rows: [{ Navn: 'Søren Ærø', By: 'Århus' }],
    encoding: 'windows-1252',
  },
  {
    what: 'Polish Excel, CSV',
    bytes: encodeAs('Imię;Miasto\r\nŁukasz Żółć;Gdańsk\r\nŚwięta;Wrocław\r\n', 'windows-1250'),
    rows: [
      { Imię: 'Łukasz Żółć', Miasto: 'Gdańsk' },
      { Imię: 'Święta', Miasto: 'Wrocław' },
    ],
    encoding: 'windows-1250',
  },
  {
    what: 'Polish Excel, CSV: one town',
    bytes: encodeAs('id;miasto\r\n1;Poznań\r\n', 'windows-1250'),
    rows: [{ id: 1, miasto: 'Poznań' }],
    encoding: 'windows-1250',
  },
  {
    what: 'Polish in ISO 8859-2',
    bytes: encodeAs('imię;miasto\nŚwiętosława Łąka;Łódź\nWąż;Jeżów\n', 'iso-8859-2'),
    rows: [
      { imię: 'Świętosława Łąka', miasto: 'Łódź' },
      { imię: 'Wąż', miasto: 'Jeżów' },
    ],
    encoding: 'iso-8859-2',
  },
  {
    what: 'Czech Excel, CSV',
    bytes: encodeAs('Jméno;Město\r\nJiří Dvořák;Plzeň\r\nŽaneta Říhová;Děčín\r\n', 'windows-1250'),
    rows: [
      { Jméno: 'Jiří Dvořák', Město: 'Plzeň' },
      { Jméno: 'Žaneta Říhová', Město: 'Děčín' },
    ],
    encoding: 'windows-1250',
  },
  {
    what: 'Hungarian Excel, CSV',
    bytes: encodeAs('Név;Város\r\nŐry Győző;Kőszeg, Hűvösvölgy\r\n', 'windows-1250'),
    rows: [{ Név: 'Őry Győző', Város: 'Kőszeg, Hűvösvölgy' }],
    encoding: 'windows-1250',
  },
  {
    what: 'Excel for Mac, CSV',
    bytes: encodeAs('Name;Straße\r\nMüller;Größe Äcker\r\nJürgen;Weiß\r\n', 'macintosh'),
    rows: [
      { Name: 'Müller', Straße: 'Größe Äcker' },
      { Name: 'Jürgen', Straße: 'Weiß' },
    ],
    encoding: 'macintosh',
  },
  {
    what: 'Japanese Excel, CSV: Shift_JIS',
    bytes: encodeAs('氏名,住所,電話\r\n山田太郎,東京都千代田区,03-1234-5678\r\n', 'shift_jis'),
    rows: [{ 氏名: '山田太郎', 住所: '東京都千代田区', 電話: '03-1234-5678' }],
    encoding: 'shift_jis',
  },
  {
    what: 'Shift_JIS with kana and half-width katakana',
    bytes: encodeAs('商品,備考\r\nコーヒー,おいしいです\r\nﾊﾟﾝ,ﾃｽﾄ\r\n', 'shift_jis'),
    rows: [
      { 商品: 'コーヒー', 備考: 'おいしいです' },
      { 商品: 'ﾊﾟﾝ', 備考: 'ﾃｽﾄ' },
    ],
    encoding: 'shift_jis',
  },
  {
    what: 'Shift_JIS whose second bytes are a backslash and a pipe',
    bytes: encodeAs('項目,値\r\nソース表示,ポット能\r\n', 'shift_jis'),
    rows: [{ 項目: 'ソース表示', 値: 'ポット能' }],
    encoding: 'shift_jis',
  },
  {
    what: 'Japanese Unix, CSV: EUC-JP',
    bytes: encodeAs('氏名,会社\n鈴木花子,日本株式会社\n佐藤,テスト\n', 'euc-jp'),
    rows: [
      { 氏名: '鈴木花子', 会社: '日本株式会社' },
      { 氏名: '佐藤', 会社: 'テスト' },
    ],
    encoding: 'euc-jp',
  },
  {
    what: 'Japanese mail, ISO-2022-JP',
    bytes: raw(
      0x61,
      0x2c,
      0x62,
      0x0a,
      0x1b,
      0x24,
      0x42,
      0x46,
      0x7c,
      0x4b,
      0x5c,
      0x1b,
      0x28,
      0x42,
      0x2c,
      0x31,
      0x0a,
    ),
    rows: [{ a: '日本', b: 1 }],
    encoding: 'iso-2022-jp',
  },
  {
    what: 'Russian, which is not guessed: by its setting',
    bytes: encodeAs('имя;город\r\nИван;Москва\r\n', 'windows-1251'),
    settings: { encoding: 'windows-1251' },
    rows: [{ имя: 'Иван', город: 'Москва' }],
    encoding: 'windows-1251',
  },
  {
    what: 'Turkish by its setting',
    bytes: encodeAs('ad;şehir\r\nIşık;İstanbul\r\n', 'windows-1254'),
    settings: { encoding: 'windows-1254' },
    rows: [{ ad: 'Işık', şehir: 'İstanbul' }],
  },
  {
    what: 'Chinese by its setting',
    bytes: encodeAs('姓名,城市\r\n王伟,北京\r\n', 'gb18030'),
    settings: { encoding: 'gb18030' },
    rows: [{ 姓名: '王伟', 城市: '北京' }],
  },
  {
    what: 'a setting that does not fit: refused with its place',
    bytes: encodeAs('id;name\r\n1;Müller\r\n', 'windows-1252'),
    settings: { encoding: 'utf-8' },
    refused: /^Line 2, column 4: these bytes are not UTF-8/,
  },
  {
    what: 'UTF-8 with one damaged place: no guess, refused with its place',
    bytes: Uint8Array.from([...utf8('name,town\nZoë,Köln\nAn'), 0xfc, ...utf8('a,Łódź\n')]),
    refused: /^Line 3, column 3: these bytes are not UTF-8/,
  },
];
