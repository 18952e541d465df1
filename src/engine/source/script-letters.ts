/** How often letters are written in the languages of an encoding: what `guess-encoding.ts` weighs decoded texts by. */

import type { LegacyEncoding } from './legacy-encodings';

export interface ScriptModel {
  readonly encoding: LegacyEncoding;
  /** For people: "Western European". */
  readonly language: string;
  /** Letters, lower case, by how often they are met: 1, 0.6, 0.25. Others weigh what `other` says. */
  readonly often: string;
  readonly sometimes: string;
  readonly seldom: string;
  /**
   * `accents`: single letters within words of ASCII letters. `own`: words are of the script's letters alone. `wide`: no words.
   */
  readonly kind: 'accents' | 'own' | 'wide';
}

const CYRILLIC = {
  often: 'оеаинтсрвлкмдпуяыьзбгчй',
  sometimes: 'хжшющцэфёъіїє№',
  seldom: 'ґўљњћђџјѕ',
  kind: 'own',
} as const;

// The most frequent characters of running text, and those that logs are full of: error, connection, failed, server, timeout …
const SIMPLIFIED =
  '的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已两长知样现分将外但身些与高意进把法此实回二理美点月明其种全工己者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政使口教西再平真世信气北少关并内加化由却代军产入先水万市体别总才场师书比住员通目报立数件表原应路期提更反合放做系计或司利及京务制解各任至清物台记边共接它特觉服题建度统色字请交认算论百义元社术结指思非流每管连远队带变联言权往该传近治决达运条求区即量式息识令脸设始双历史商片容研像找友站广改议形步音际则首单据导失拿网争究包组造落虽错误败启动超库异常户警告器取消警存储写读配置执返拒绝未';
const TRADITIONAL =
  '的一是不了在人有我他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手用主行方又如前所本見經頭面公同三已兩長知樣現分將外但身些與高意進把法此實回二理美點月明其種全工己者向情部正名定女問力機給等幾很業最間新什打便位因重被走電四第門相次東政使口教西再平真世信氣北少關並內加化由卻代軍產入先水萬市體別總才場師書比住員通目報立數件表原應路期提更反合放做系計或司利及京務制解各任至清物台記邊共接它特覺服題建度統色字請交認算論百義元社術結指思非流每管連遠隊帶變聯言權往該傳近治決達運條求區即量式息識令臉設始雙歷史商片容研像找友站廣改議形步音際則首單據導失拿網爭究包組造落雖錯誤敗啟動超庫異常戶警告器取消存儲寫讀配置執返拒絕未料檔案連線伺服逾';
const KANJI =
  '日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住無真有口少町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒花春赤青館屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢接続失敗成功開始終了処理要求応答例外異常警告情報設定実行結果更新削除追加取得認証権限不正有効無効期限切断再試在庫最待機';
const HANGUL =
  '이다는에의가을를하고지기로사한어서시자리인대도은아나스그정해라전일보으수있부여면동제원들비게구유장했요상모안되과주조와오니소성연우만적트신습것세공까생거때않없러합던또국할무관실발간현중계식등년위말방명해설된입문속월치터름학교각선결경불회목본분데류패버접청응파드호증화작완료복초네워크데이';
const KANA =
  'のにはをたがでてとしれさあるいもすなくらまりこかよっうそえおきけせちつねぬひふへほみむめやゆわんぁぃぅぇぉゃゅょだどばびぶべぼぱぴぷぺぽがぎぐげござじずぜぞーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンッャュョァィゥェォガギグゲゴザジズゼゾダデドバビブベボパピプペポ';

export const SCRIPT_MODELS: readonly ScriptModel[] = [
  {
    encoding: 'windows-1252',
    language: 'Western European',
    often: 'éäöüßàèçáíóñêúâôøåæãìòùð',
    sometimes: 'ëîïûõþœ°«»“”„’‘–—…€§·¿¡®',
    seldom: 'ýÿšžº½²³µ×',
    kind: 'accents',
  },
  {
    encoding: 'windows-1250',
    language: 'Central European',
    often: 'áéíóúčďěňřšťůžąćęłńśźżőűöüăâîşä',
    sometimes: 'ýţđôçßë“”„’‘–—…€§',
    seldom: 'ľĺŕ°«»',
    kind: 'accents',
  },
  {
    encoding: 'windows-1254',
    language: 'Turkish',
    often: 'ışğüöçİ',
    sometimes: 'âîû“”’‘–…',
    seldom: 'éáíóúäßêôæ°',
    kind: 'accents',
  },
  {
    encoding: 'windows-1257',
    language: 'Baltic',
    often: 'āčēėęąšžųūīļņ',
    sometimes: 'äöüõįģķ“”„’‘–—…',
    seldom: 'éóßśźłå°',
    kind: 'accents',
  },
  { encoding: 'windows-1251', language: 'Cyrillic', ...CYRILLIC },
  { encoding: 'koi8-r', language: 'Cyrillic', ...CYRILLIC },
  { encoding: 'koi8-u', language: 'Cyrillic', ...CYRILLIC },
  { encoding: 'iso-8859-5', language: 'Cyrillic', ...CYRILLIC },
  { encoding: 'ibm866', language: 'Cyrillic', ...CYRILLIC },
  {
    encoding: 'windows-1253',
    language: 'Greek',
    often: 'αεοιτσνηρυκπμλςγδάέήίόύώω',
    sometimes: 'θβφχζξψ',
    seldom: 'ϊϋΐΰ',
    kind: 'own',
  },
  {
    encoding: 'windows-1255',
    language: 'Hebrew',
    often: 'יוהלאמרתבשנדע',
    sometimes: 'חפקכצגזטסםןךףץ',
    seldom: '׳״־ְִֵֶַָֹּ',
    kind: 'own',
  },
  {
    encoding: 'windows-1256',
    language: 'Arabic',
    often: 'الينمورتبةعدسفهكقح',
    sometimes: 'جشطصخذأإآىئءضزثغظؤ،؟',
    seldom: 'پچژگکیےں',
    kind: 'own',
  },
  {
    encoding: 'windows-874',
    language: 'Thai',
    often: 'านรกอเงมยลวดทตสปบคหแไใพจชข่้ัีิืุูะำ์็โถ',
    sometimes: 'ผซธศณภญฐฟษฮฉฝฏฎฑฒฬๆฤ',
    seldom: '๐๑๒๓๔๕๖๗๘๙ฯ',
    kind: 'own',
  },
  {
    encoding: 'shift_jis',
    language: 'Japanese',
    often: KANA,
    sometimes: `${KANJI}。、「」・：（）`,
    seldom: '',
    kind: 'wide',
  },
  {
    encoding: 'euc-jp',
    language: 'Japanese',
    often: KANA,
    sometimes: `${KANJI}。、「」・：（）`,
    seldom: '',
    kind: 'wide',
  },
  {
    encoding: 'gb18030',
    language: 'Chinese, simplified',
    often: SIMPLIFIED,
    sometimes: '，。：；！？（）、“”',
    seldom: '',
    kind: 'wide',
  },
  {
    encoding: 'big5',
    language: 'Chinese, traditional',
    often: TRADITIONAL,
    sometimes: '，。：；！？（）、「」',
    seldom: '',
    kind: 'wide',
  },
  { encoding: 'euc-kr', language: 'Korean', often: HANGUL, sometimes: '', seldom: '', kind: 'wide' },
];
