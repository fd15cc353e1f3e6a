import { describe, expect, test } from 'vitest';
import { LOCALE_TAGS } from '~/platform/i18n/locales';
import { processorTime } from '../../../tests/support/processor-time';
import { detectLanguage, POST_LANGUAGES } from './detect';
import { first, second } from './short-sentences';

describe('detectLanguage', () => {
  test.each([
    ['en', 'Our cooperative pays more for one month of the model than for a year of fertiliser.'],
    ['en', 'The electricity is cut four hours a day, and then no training job survives.'],
    ['en', 'We tried three speech models in our clinic and none of them understood the patients.'],
    ['fr', 'Dans notre école, la connexion ne suffit pas pour ouvrir le moindre modèle en ligne.'],
    ['es', 'En nuestra escuela no tenemos conexión suficiente para abrir ningún modelo en línea.'],
    ['pt', 'Na nossa escola a internet não chega para abrir nenhum modelo, nem à noite.'],
    ['de', 'In unserer Werkstatt versteht kein Sprachmodell die Mundart der älteren Kunden.'],
    ['it', 'Nella nostra scuola la connessione non basta per aprire nessun modello in rete.'],
    ['nl', 'In onze werkplaats begrijpt geen enkel taalmodel het dialect van de oudere klanten.'],
    ['tr', 'Okulumuzdaki internet bağlantısı hiçbir modeli açmaya yetmiyor, geceleri bile.'],
    ['vi', 'Trường của chúng tôi không đủ mạng để mở bất kỳ mô hình nào, kể cả ban đêm.'],
    ['id', 'Sambungan internet di sekolah kami tidak cukup untuk membuka model apa pun.'],
    ['sw', 'Shule yetu haina mtandao wa kutosha kufungua mfumo wowote, hata usiku wa manane.'],
    ['ha', 'Makarantarmu ba ta da isasshen intanet da za a iya buɗe kowane irin tsari da shi.'],
    ['yo', 'Ilé ìwé wa kò ní ìkànnì ayélujára tó pọ̀ tó láti ṣí àwòṣe kankan ní alẹ́.'],
    ['ru', 'В нашей школе не хватает интернета, чтобы открыть хоть одну модель, даже ночью.'],
    ['uk', 'У нашій школі не вистачає інтернету, щоб відкрити бодай одну модель, навіть уночі.'],
    ['ar', 'لا يكفي الاتصال بالإنترنت في مدرستنا لفتح أي نموذج حتى في الليل.'],
    ['fa', 'اینترنت مدرسه ما برای باز کردن هیچ مدلی کافی نیست، حتی در شب.'],
    ['ur', 'ہمارے اسکول میں انٹرنیٹ اتنا نہیں ہے کہ کوئی بھی ماڈل کھولا جا سکے۔'],
    ['hi', 'हमारे विद्यालय में इंटरनेट इतना नहीं है कि कोई भी मॉडल खोला जा सके।'],
    ['am', 'በትምህርት ቤታችን ያለው ኢንተርኔት ማንኛውንም ሞዴል ለመክፈት በቂ አይደለም።'],
    ['zh', '我们学校的网络不够，用不了 PyTorch 和 Transformers。'],
    ['ja', '学校のネット回線では PyTorch のモデルを開けません。'],
    ['ko', '학교 인터넷으로는 어떤 모델도 열 수 없습니다.'],
    ['th', 'อินเทอร์เน็ตของโรงเรียนเราไม่พอ'],
    ['bn', 'আমাদের বিদ্যালয়ে ইন্টারনেট যথেষ্ট নয়।'],
    ['ta', 'எங்கள் பள்ளியில் இணையம் போதாது'],
  ])('%s: %s', (language, text) => {
    // The result must not depend on the interface language.
    for (const expected of ['en', 'fr', 'ar'])
      expect(detectLanguage(text, expected)).toBe(language);
  });

  test.each([
    ['Merci !', 'fr', 'fr'],
    ['OK', 'en', 'en'],
    ['+1 👍', 'ar', 'ar'],
    ['https://', 'fr', 'fr'],
    ['شكرا', 'ar', 'ar'],
    ['', 'fr', 'fr'],
  ])('a short %j is taken for the language of the interface', (text, expected, language) => {
    expect(detectLanguage(text, expected)).toBe(language);
  });

  test.each([
    ['谢谢', 'en', 'zh'],
    ['ありがとう', 'en', 'ja'],
    ['감사', 'fr', 'ko'],
    ['Спасибо', 'en', 'ru'],
    ['Дякую, їдемо', 'en', 'uk'],
    ['شكرا', 'en', 'ar'],
    ['شکریہ', 'ar', 'ur'],
    ['Thank you', 'ar', 'en'],
  ])('a short %j under %s is not in another script than it is: %s', (text, expected, language) => {
    expect(detectLanguage(text, expected)).toBe(language);
  });

  test.each([
    ['en', 'Internet bundles cost me more than my lunch each day', ['en', 'fr', 'ar', 'da']],
    ['en', 'Thanks @zuzana_novakova @przemyslaw_kowalczyk, that works!', ['en', 'fr', 'pl']],
    ['en', 'Thanks https://www.przyklad.example/dziekuje/bardzo/za-pomoc that works', ['en', 'fr']],
    ['en', 'See `zażółć gęślą jaźń` and `dziękuję`, that works for us', ['en', 'fr', 'pl']],
    [
      'en',
      'My phone (SM-G975F/DS) runs 4G and LTE_800 at 12,5 % here, so it is not the phone',
      ['en', 'de'],
    ],
    ['en', 'The teacher pays for data herself every single month', ['en', 'fr', 'es']],
    ['en', 'Solar panels helped our clinic a lot last year', ['en', 'fr', 'ar']],
    ['fr', 'Merci @john_smith_the_third, ça marche chez nous', ['fr', 'en', 'ar']],
    ['es', 'Los datos cuestan más que mi almuerzo cada día', ['en', 'pt', 'es']],
    ['es', 'Gracias por la ayuda, ya funciona todo', ['en', 'pt', 'es']],
    ['pt', 'Obrigado @john_smith, agora funcionou', ['en', 'fr']],
    ['pt', 'Obrigado pela ajuda, já funciona tudo', ['en', 'es', 'pt']],
    ['id', 'Kuota internet lebih mahal daripada makan siang saya', ['en', 'id']],
    ['sw', 'Bando la intaneti linagharimu kuliko chakula changu', ['en', 'sw']],
    ['da', 'Internettet koster mig mere end min frokost hver dag', ['en', 'fr']],
    ['de', 'Das Internet kostet mich mehr als mein Mittagessen jeden Tag', ['en', 'fr']],
    ['nl', 'Internet kost mij elke dag meer dan mijn lunch', ['en', 'fr']],
  ])('of a short text is its own: %s: %s', (language, text, pages) => {
    for (const page of pages) expect(detectLanguage(text, page), page).toBe(language);
  });

  test.each([
    ['en', 'No power since Monday'],
    ['en', 'Totally agree with you'],
    ['en', 'Our clinic has one laptop'],
    ['en', 'Same problem in Kisumu'],
    ['en', 'Cards get declined every month'],
    ['en', 'Who pays for GPUs?'],
    ['en', 'My students share one phone'],
    ['en', 'Bandwidth is terrible after rain'],
    ['en', 'See my reply above'],
    ['en', 'Nobody here speaks French'],
    ['fr', 'Pas de courant depuis lundi'],
    ['fr', "Tout à fait d'accord avec vous"],
    ['fr', 'Notre dispensaire a un seul ordinateur'],
    ['fr', 'Même problème à Bouaké'],
    ['fr', 'Ma carte est refusée chaque mois'],
    ['fr', 'Qui paie les GPU ?'],
    ['fr', 'L’électricité coupe souvent'],
    ['fr', "J'ai essayé hier soir"],
    ['fr', 'Aucun modèle ne comprend le wolof'],
    ['fr', 'Ça dépend du forfait'],
    ['es', 'Sin luz desde el lunes'],
    ['es', 'Totalmente de acuerdo contigo'],
    ['es', 'Nuestra clínica tiene una sola computadora'],
    ['es', 'Mismo problema en Oaxaca'],
    ['es', 'Rechazan mi tarjeta cada mes'],
    ['es', '¿Quién paga las GPU?'],
    ['es', 'Mis alumnos comparten un teléfono'],
    ['es', 'Aquí nadie habla inglés'],
    ['es', 'El modelo no entiende quechua'],
    ['es', 'Depende del plan de datos'],
    ['pt', 'Sem luz desde segunda'],
    ['pt', 'Concordo totalmente com você'],
    ['pt', 'Nossa clínica tem só um computador'],
    ['pt', 'Mesmo problema em Recife'],
    ['pt', 'Meu cartão é recusado todo mês'],
    ['pt', 'Quem paga as GPUs?'],
    ['pt', 'Meus alunos dividem um celular'],
    ['pt', 'Ninguém aqui fala inglês'],
    ['pt', 'O modelo não entende guarani'],
    ['pt', 'Depende do pacote de dados'],
    ['sw', 'Hakuna umeme tangu Jumatatu'],
    ['sw', 'Nakubaliana nawe kabisa'],
    ['sw', 'Zahanati yetu ina kompyuta moja'],
    ['sw', 'Kadi yangu hukataliwa kila mwezi'],
    ['sw', 'Wanafunzi wangu wanatumia simu moja'],
    ['sw', 'Mtandao hukatika mvua ikinyesha'],
    ['sw', 'Modeli haielewi Kisukuma'],
    ['sw', 'Walimu hawajapata mafunzo'],
    ['id', 'Listrik mati sejak Senin'],
    ['id', 'Setuju sekali dengan Anda'],
    ['id', 'Klinik kami punya satu komputer'],
    ['id', 'Masalah yang sama di Kupang'],
    ['id', 'Kartu saya ditolak setiap bulan'],
    ['id', 'Siapa yang bayar GPU?'],
    ['id', 'Murid saya berbagi satu ponsel'],
    ['id', 'Sinyal hilang kalau hujan'],
    ['id', 'Model tidak paham bahasa Bugis'],
    ['id', 'Guru belum pernah dilatih'],
    ['ru', 'Света нет с понедельника'],
    ['ru', 'Полностью согласен с вами'],
    ['ru', 'В клинике один компьютер'],
    ['ru', 'Та же беда в Якутске'],
    ['ru', 'Карту не принимают'],
    ['ru', 'Кто платит за GPU?'],
    ['hi', 'सोमवार से बिजली नहीं है'],
    ['hi', 'मैं आपसे सहमत हूँ'],
    ['hi', 'क्लिनिक में एक कंप्यूटर है'],
    ['hi', 'गोरखपुर में भी यही दिक़्क़त'],
    ['ar', 'لا كهرباء منذ الاثنين'],
    ['ar', 'أتفق معك تمامًا'],
    ['ar', 'في عيادتنا حاسوب واحد'],
    ['ar', 'البطاقة مرفوضة كل شهر'],
    ['ar', 'من يدفع ثمن المعالجات؟'],
    ['zh', '周一起就停电了'],
    ['zh', '完全同意'],
    ['zh', '我们诊所只有一台电脑'],
    ['zh', 'GPU 谁来付钱?'],
    ['fa', 'از دوشنبه برق نداریم'],
    ['ur', 'پیر سے بجلی نہیں ہے'],
    ['uk', 'Світла немає з понеділка'],
    ['bn', 'সোমবার থেকে বিদ্যুৎ নেই'],
    ['mr', 'सोमवारपासून वीज नाही'],
    ['it', 'Da lunedì non c’è corrente'],
    ['pl', 'Od poniedziałku nie ma prądu'],
    ['en', 'José lives here now'],
    ['en', 'The café in São Paulo pays well'],
    ['en', 'Zoë and I share one laptop'],
    ['en', 'Côte d’Ivoire has no local servers'],
    ['en', 'Voilà, that worked for me'],
    ['fr', 'Voilà, ça marche chez moi'],
    ['pt', 'Cá não há luz à noite'],
    ['de', 'Wir können das hier nicht zahlen'],
    ['fr', 'Je suis à São Paulo'],
    ['ru', 'Генератор ест много бензина'],
    ['uk', 'Світло вимикають щодня'],
    ['es', 'El internet cuesta demasiado'],
    ['sw', 'Tatizo hilo hilo Kisumu'],
    ['bg', 'Токът спира всеки ден'],
    ['tr', 'Bizim okulda bilgisayar yok'],
    ['tr', 'Elektrik sürekli kesiliyor'],
    ['tr', 'Günde üç saat elektrik'],
    ['es', 'Nuestra escuela bilingüe'],
    ['pl', 'Mamy jeden komputer'],
    ['yo', 'Mo gbà pẹ̀lú rẹ'],
  ])('of a sentence of a few words is its own on every page: %s: %s', (language, text) => {
    for (const page of LOCALE_TAGS) expect(detectLanguage(text, page), page).toBe(language);
  });

  test.each([
    ...[
      ['en', 97],
      ['fr', 98],
      ['es', 97],
      ['pt', 88],
      ['sw', 100],
      ['id', 99],
      ['ru', 100],
    ],
    ...[
      ['ar', 100],
      ['hi', 100],
      ['zh', 100],
      ['uk', 100],
      ['yo', 100],
      ['de', 100],
      ['pl', 94],
    ],
    ...[
      ['sr', 81],
      ['tr', 83],
      ['it', 83],
      ['nl', 83],
      ['ha', 75],
      ['be', 70],
      ['bg', 62],
    ],
  ] as [string, number][])(
    'short sentences in %s are taken for it on pages in ten languages in at least %i of 100 cases',
    (language, least) => {
      const texts = [...(first[language] ?? []), ...(second[language] ?? [])];
      const right = texts.flatMap((text) =>
        LOCALE_TAGS.filter((page) => detectLanguage(text, page).split('-', 1)[0] === language),
      );
      const cases = texts.length * LOCALE_TAGS.length;
      expect((100 * right.length) / cases).toBeGreaterThanOrEqual(least);
    },
  );

  test.each([
    [
      'es',
      'pt',
      'Se verá que hubo una publicación, pero no su texto; las respuestas permanecen. Puedes leerla o restaurarla durante 30 días. Después la borramos de aquí; las copias la conservan hasta que caducan.',
    ],
    [
      'pt',
      'es',
      'O que você escreveu, com lugar, setor e tipos. Suas publicações são públicas e podem ser citadas. Elas ficam até você as excluir. Ao excluir sua conta, você escolhe se elas ficam sem seu nome ou saem.',
    ],
    [
      'en',
      'fr',
      'What you report, with your name and email if you give them, so that we can tell you the outcome. What moderators note about a member. Only moderators read these messages, and we delete them a year after they end.',
    ],
  ])(
    'of a long text in %s on a page in %s is its own, although the two resemble each other',
    (language, page, text) => {
      expect(detectLanguage(text, page)).toBe(language);
    },
  );

  test.each([
    ['Nokia Samsung Huawei', 'en', ['sw', 'sw'], 'sw'],
    ['Habari', 'fr', ['sw', 'sw'], 'sw'],
    ['Merci !', 'fr', ['en'], 'fr'],
    ['Obrigado', 'ar', ['pt-BR', 'en'], 'pt-BR'],
    ['Спасибо', 'en', ['uk'], 'uk'],
    ['شكرا', 'en', ['fa', 'ar'], 'fa'],
    ['हो', 'en', ['mr'], 'mr'],
    ['Seit Montag kein Strom', 'en', ['de'], 'de'],
    ['Babu wuta tun ranar Litinin', 'fr', ['ha', 'ha'], 'ha'],
    ['Kubernetes Terraform Prometheus', 'ar', ['hi', 'zh'], 'en'],
    ['@amina +1 👍 https://example.org/a', 'en', ['fr', 'fr'], 'en'],
  ])(
    'a short %j on a page in %s, with author and thread in %j, is in %s',
    (text, page, others, language) => {
      expect(detectLanguage(text, page, others)).toBe(language);
    },
  );

  test('every tag is a language that browsers can name', () => {
    const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
    for (const tag of POST_LANGUAGES) {
      expect(Intl.getCanonicalLocales(tag), tag).toEqual([tag]);
      expect(names.of(tag), tag).toBeTruthy();
    }
  });

  test('takes no longer for a longest text than for a long one', () => {
    const took = (times: number) =>
      processorTime(() => detectLanguage('word '.repeat(times), 'en'));
    expect(took(40_000)).toBeLessThan(20 * Math.max(took(2_000), 5));
  });
});
