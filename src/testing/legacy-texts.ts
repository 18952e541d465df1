/** Texts in many languages, and the bytes that they are in the encodings from before Unicode. */

import { isMultiByte, type LegacyEncoding } from '../engine/source/legacy-encodings';

const INVERSE = new Map<LegacyEncoding, Map<string, readonly number[]>>();
/** Where Node's decoder takes Windows-1252 for Latin-1. */
const WESTERN_MARKS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Bytes of each character that takes one or two of them (three in the second table of EUC-JP are left out). */
function inverseOf(encoding: LegacyEncoding): Map<string, readonly number[]> {
  let inverse = INVERSE.get(encoding);
  if (inverse !== undefined) return inverse;
  inverse = new Map();
  const add = (...bytes: number[]) => {
    const text = new TextDecoder(encoding).decode(Uint8Array.from(bytes));
    if (Array.from(text).length === 1 && text !== '\ufffd' && !inverse?.has(text)) inverse?.set(text, bytes);
  };
  for (let byte = 0; byte < 256; byte++) add(byte);
  if (isMultiByte(encoding))
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail);
  if (encoding === 'windows-1252')
    for (const [i, character] of Array.from(WESTERN_MARKS).entries()) inverse.set(character, [128 + i]);
  INVERSE.set(encoding, inverse);
  return inverse;
}

/** @throws Error when the encoding has no such character */
export function encodeLegacy(text: string, encoding: LegacyEncoding): Uint8Array {
  const inverse = inverseOf(encoding);
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      const bytes = inverse.get(character);
      if (bytes === undefined) throw new Error(`${encoding} has no ${character}`);
      return Array.from(bytes);
    }),
  );
}

/** What the platform's decoder makes of the bytes, but for what Node 20 has wrong: Windows-1252, and controls in ibm866. */
export function decodeLegacy(bytes: Uint8Array, encoding: LegacyEncoding): string {
  if (isMultiByte(encoding)) return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  const decoder = new TextDecoder(encoding);
  const characters = Array.from(bytes, (byte) => {
    if (byte < 128) return String.fromCharCode(byte);
    if (encoding === 'windows-1252' && byte < 160) return WESTERN_MARKS[byte - 128] as string;
    return decoder.decode(Uint8Array.of(byte));
  });
  return characters.join('');
}

/** Language, sentences as logs have them, encodings that they are written in. */
export const LEGACY_TEXTS: readonly (readonly [string, readonly LegacyEncoding[], readonly string[]])[] = [
  [
    'German',
    ['windows-1252'],
    [
      'Verbindung zum Server wurde unerwartet geschlossen, nächster Versuch in 5 Sekunden',
      'Größe der Datei überschreitet das zulässige Maß',
      'Übertragung abgeschlossen: für den Schlüssel wurden drei Einträge geändert',
    ],
  ],
  [
    'French',
    ['windows-1252'],
    [
      'La connexion à la base de données a échoué : délai dépassé',
      'Le fichier demandé n’a pas été trouvé, création d’un nouveau fichier',
      'Opération terminée avec succès, trois éléments ont été supprimés où nécessaire',
      'Mise à jour déjà effectuée par le même utilisateur en août',
    ],
  ],
  [
    'Spanish',
    ['windows-1252'],
    [
      'La conexión con el servidor se perdió después de varios intentos',
      'Contraseña no válida para el usuario señalado',
      '¿Desea continuar? El año no está en el período',
      'Configuración guardada; acción número tres',
    ],
  ],
  [
    'Portuguese',
    ['windows-1252'],
    [
      'A conexão com o servidor não pôde ser estabelecida',
      'Configuração inválida: não há permissão para a operação',
      'Três usuários não têm acesso às informações',
      'Sessões expiradas; as ações serão refeitas',
    ],
  ],
  [
    'Italian',
    ['windows-1252'],
    [
      'La connessione è stata interrotta perché il server non è più attivo',
      'Il file non può essere aperto: proprietà già modificata',
      'Città, università e quantità: sì, però così',
      'Operazione riuscita lunedì',
    ],
  ],
  [
    'Danish',
    ['windows-1252'],
    [
      'Forbindelsen til serveren gik tabt, prøver igen på et øjeblik',
      'Ændringerne blev gemt, men én fil kunne ikke læses',
      'Størrelsen på filen er for høj',
    ],
  ],
  [
    'Swedish',
    ['windows-1252'],
    [
      'Anslutningen till servern bröts, försöker igen på nytt',
      'Filen är för stor för att läsas in',
      'Ändringarna sparades när användaren gick därifrån',
    ],
  ],
  [
    'Finnish',
    ['windows-1252'],
    [
      'Yhteys palvelimeen katkesi, yritetään myöhemmin uudelleen',
      'Käyttäjää ei löydy järjestelmästä',
      'Päivitys päättyi tänään',
    ],
  ],
  [
    'Icelandic',
    ['windows-1252'],
    [
      'Tenging við þjón rofnaði, reynt verður aftur síðar',
      'Skráin fannst ekki á þessum stað',
      'Notandi hefur ekki réttindi til að breyta þessari færslu',
      'Það þarf að endurræsa þjónustuna áður en haldið er áfram',
    ],
  ],
  [
    'Polish',
    ['windows-1250', 'iso-8859-2'],
    [
      'Połączenie z serwerem zostało przerwane, następna próba za chwilę',
      'Błąd odczytu pliku: brak uprawnień użytkownika',
      'Zażółć gęślą jaźń',
      'Usługa została już uruchomiona',
    ],
  ],
  [
    'Czech',
    ['windows-1250'],
    [
      'Připojení k serveru bylo přerušeno, další pokus za několik vteřin',
      'Soubor nebyl nalezen; zkontrolujte oprávnění uživatele',
      'Příliš žluťoučký kůň úpěl ďábelské ódy',
      'Služba byla úspěšně spuštěna',
    ],
  ],
  [
    'Hungarian',
    ['windows-1250'],
    [
      'A kapcsolat a kiszolgálóval megszakadt, újabb próbálkozás később',
      'A fájl nem található, a művelet sikertelen',
      'Ismeretlen felhasználó, időtúllépés történt',
      'A gyűjtemény törlése megtörtént, köszönjük',
    ],
  ],
  [
    'Slovak',
    ['windows-1250'],
    [
      'Pripojenie k serveru zlyhalo, ďalší pokus o chvíľu',
      'Súbor sa nepodarilo načítať, pretože chýba oprávnenie',
      'Používateľ bol úspešne prihlásený',
    ],
  ],
  [
    'Croatian',
    ['windows-1250'],
    [
      'Veza s poslužiteljem je prekinuta, sljedeći pokušaj uskoro',
      'Datoteka nije pronađena; greška pri učitavanju',
      'Korisnik će biti obaviješten, promjene su spremljene već danas',
    ],
  ],
  [
    'Turkish',
    ['windows-1254'],
    [
      'Sunucu bağlantısı kesildi, yeniden deneniyor',
      'Kullanıcı adı veya şifre yanlış girildi',
      'İşlem başarıyla tamamlandı, güncelleme yapıldı',
      'Dosya bulunamadı, lütfen yöneticiye başvurun',
    ],
  ],
  [
    'Lithuanian',
    ['windows-1257'],
    [
      'Ryšys su serveriu nutrūko, bandoma iš naujo',
      'Failas nerastas, trūksta naudotojo teisių',
      'Įrašas sėkmingai išsaugotas, pakeitimų skaičius didėja',
      'Užklausa vykdoma per lėtai',
    ],
  ],
  [
    'Latvian',
    ['windows-1257'],
    [
      'Savienojums ar serveri tika pārtraukts, mēģina vēlreiz',
      'Fails nav atrasts, nepietiek lietotāja tiesību',
      'Darbība veiksmīgi pabeigta, saglabāti trīs ieraksti',
      'Pieprasījums tiek apstrādāts pārāk lēni, kļūda',
    ],
  ],
  [
    'Russian',
    ['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866'],
    [
      'Соединение с сервером прервано, повторная попытка через пять секунд',
      'Ошибка чтения файла: доступ запрещён',
      'Пользователь не найден в базе данных',
      'Служба успешно запущена, всего объектов изменено',
    ],
  ],
  [
    'Ukrainian',
    ['windows-1251', 'koi8-u'],
    [
      'Зв’язок із сервером втрачено, наступна спроба за хвилину'.replace('’', ''),
      'Помилка читання файлу: доступ заборонено, її причини невідомі',
      'Користувача не знайдено, спробуйте ще раз',
    ],
  ],
  [
    'Bulgarian',
    ['windows-1251'],
    [
      'Връзката със сървъра беше прекъсната, следващ опит след малко',
      'Файлът не е намерен, грешка при четене',
      'Потребителят няма право на достъп',
    ],
  ],
  [
    'Greek',
    ['windows-1253'],
    [
      'Η σύνδεση με τον διακομιστή διακόπηκε, νέα προσπάθεια σε λίγο',
      'Σφάλμα ανάγνωσης αρχείου: δεν επιτρέπεται η πρόσβαση',
      'Η υπηρεσία ξεκίνησε με επιτυχία',
    ],
  ],
  [
    'Hebrew',
    ['windows-1255'],
    ['החיבור לשרת נותק, מנסה שוב בעוד רגע', 'שגיאה בקריאת הקובץ: אין הרשאה', 'השירות הופעל בהצלחה'],
  ],
  [
    'Arabic',
    ['windows-1256'],
    [
      'انقطع الاتصال بالخادم، سيتم إعادة المحاولة بعد قليل',
      'خطأ في قراءة الملف: لا توجد صلاحية',
      'تم تشغيل الخدمة بنجاح',
    ],
  ],
  [
    'Thai',
    ['windows-874'],
    ['การเชื่อมต่อกับเซิร์ฟเวอร์ถูกตัด กำลังลองใหม่', 'ไม่พบแฟ้มที่ต้องการ กรุณาตรวจสอบสิทธิ์ผู้ใช้', 'บริการเริ่มทำงานสำเร็จแล้ว'],
  ],
  [
    'Japanese',
    ['shift_jis', 'euc-jp'],
    [
      'サーバーへの接続が切断されました。五秒後に再試行します。',
      'ファイルの読み込みに失敗しました: アクセス権がありません',
      'ユーザーが見つかりませんでした',
      '処理が正常に終了しました',
    ],
  ],
  [
    'Chinese, simplified',
    ['gb18030'],
    [
      '与服务器的连接已断开，五秒后重试',
      '读取文件失败：没有访问权限',
      '用户登录成功，数据库更新完成',
      '请求超时，正在等待响应',
    ],
  ],
  [
    'Chinese, traditional',
    ['big5'],
    [
      '與伺服器的連線已中斷，五秒後重試',
      '讀取檔案失敗：沒有存取權限',
      '使用者登入成功，資料庫更新完成',
      '要求逾時，正在等待回應',
    ],
  ],
  [
    'Korean',
    ['euc-kr'],
    [
      '서버와의 연결이 끊어졌습니다. 잠시 후 다시 시도합니다.',
      '파일을 읽는 중 오류가 발생했습니다: 접근 권한이 없습니다',
      '사용자를 찾을 수 없습니다',
      '서비스가 정상적으로 시작되었습니다',
    ],
  ],
];
