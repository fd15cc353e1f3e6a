import { describe, expect, it } from 'vitest';
import { type TextFlagKind, textFlags } from './disclosure-text';

const kinds = (text: string, language: string) =>
  textFlags(text, language)
    .map(({ kind }) => kind)
    .sort();

describe('what could point to a person', () => {
  it.each<[string, string, TextFlagKind[]]>([
    ['en', 'Write to amina.bello@clinic.org if you know a cheaper plan.', ['email']],
    ['en', 'Write to aminabello at gmail if you can help us.', ['email']],
    ['en', 'Call me on 0803 123 4567, the network is down again.', ['phone']],
    ['en', 'Our group is on https://chat.whatsapp.com/AbCdEf123.', ['link']],
    ['en', 'Find me as @amina_b, I teach there.', ['link']],
    ['en', 'Dr Okafor still types every card by hand.', ['name']],
    ['en', 'My sister Amina lost the booking.', ['name']],
    ['en', 'Then Kwame Mensah closed the lab.', ['name']],
    ['en', 'My daughter has epilepsy and the app refuses her dialect.', ['health']],
    ['en', 'The patient was born on 12 March 1998 and the system lost her.', ['date']],
    ['en', 'The form wants my passport, A1234567, for each query.', ['id']],
    ['fr', 'Appelez-moi au +221 77 123 45 67.', ['phone']],
    ['fr', 'Mme Diallo tape encore chaque fiche.', ['name']],
    ['fr', 'Je m’appelle Awa et je vends du poisson.', ['name']],
    ['fr', 'Ma fille est enceinte et le chatbot ne comprend pas le wolof.', ['health']],
    ['fr', 'Ma mère est née le 3 avril 1961.', ['date']],
    ['es', 'La doctora Quispe no tiene señal.', ['name']],
    ['es', 'Mi hijo tiene autismo y la app no habla quechua.', ['health']],
    ['es', 'Mi DNI es 45678912 y la página lo rechaza.', ['id']],
    ['pt', 'O meu CPF é 123.456.789-09 e o sistema recusa.', ['id']],
    ['pt', 'Dona Benedita não lê, e o aplicativo só escreve.', ['name']],
    ['pt', 'Ligue para 84 123 4567.', ['phone']],
    ['ar', 'اتصلوا بي على ٠٧٧٠ ١٢٣ ٤٥٦٧ فالخدمة مقطوعة.', ['phone']],
    ['ar', 'قالت الدكتورة هناء إن البرنامج لا يفهم لهجتنا.', ['name']],
    ['ar', 'ابنتي عندها الصرع والتطبيق لا يفهمها.', ['health']],
    ['sw', 'Mwalimu Juma hana kompyuta.', ['name']],
    ['sw', 'Mtoto wangu ana kisukari na programu haijui Kiswahili.', ['health']],
    ['sw', 'Nipigie kwa simu 0712 345 678.', ['phone']],
    ['hi', 'डॉ. शर्मा अब भी हाथ से लिखते हैं।', ['name']],
    ['hi', 'मेरी बहन गर्भवती है और ऐप मैथिली नहीं समझता।', ['health']],
    ['hi', 'आधार १२३४ ५६७८ ९०१२ के बिना फॉर्म नहीं खुलता।', ['id']],
    ['id', 'Pak Budi masih menulis dengan tangan.', ['name']],
    ['id', 'Hubungi 0812-3456-7890.', ['phone']],
    ['id', 'Istri saya hamil dan aplikasi tidak paham bahasa Sunda.', ['health']],
    ['zh', '王小明老师还在用手写。', ['name']],
    ['zh', '我女儿有糖尿病,软件听不懂方言。', ['health']],
    ['zh', '身份证11010519491231002X不能注册。', ['id']],
    ['zh', '微信电话138 0013 8000找我。', ['phone']],
    ['ru', 'Доктор Иванова пишет от руки.', ['name']],
    ['ru', 'У моей дочери эпилепсия, а приложение не понимает татарский.', ['health']],
    ['ru', 'Моя мать родилась 4 мая 1950 года.', ['date']],
    ['en', 'Write to amina (at) clinic.org about it.', ['email']],
    ['en', 'Write to amina at clinic dot org about it.', ['email']],
    ['en', 'Write to amina @ clinic.org about it.', ['email']],
    ['es', 'Escriban a rosa arroba posta punto pe por favor.', ['email']],
    ['en', 'Telegram: amina_b, the group is open.', ['link']],
    ['en', 'We answer at (212) 555-0147 until noon.', ['phone']],
    ['en', 'We answer at 212-555-0147 until noon.', ['phone']],
    ['en', 'We answer at 0803–123–4567 until noon.', ['phone']],
    ['hi', 'यहाँ 98765 43210 पर कोई नहीं उठाता।', ['phone']],
    ['en', 'We answer at 9876543210 until noon.', ['phone']],
    ['pt', 'Estamos em (11) 91234-5678 até ao meio-dia.', ['phone']],
    ['fr', 'Nous répondons au 77 123 45 67 jusqu’à midi.', ['phone']],
    ['es', 'Atendemos en el 987 654 321 hasta mediodía.', ['phone']],
    ['zh', '找我请打138 0013 8000。', ['phone']],
    ['ru', 'Мы на 8 (912) 345-67-89 до обеда.', ['phone']],
    ['en', 'Sister Agnes locked the tablet away.', ['name']],
    ['en', 'Patrick O’Brien closed the lab.', ['name']],
    ['en', 'Then Yusuf Al-Hassan closed the lab.', ['name']],
    ['en', 'Then Amina B. closed the lab.', ['name']],
    ['fr', 'La sage-femme Fatou a rangé la tablette.', ['name']],
    ['es', 'La enfermera Rosa guardó la tableta.', ['name']],
    ['id', 'Bidan Ratna menyimpan tabletnya.', ['name']],
    ['en', 'My neighbour is blind and the app shows pictures only.', ['health']],
    ['fr', 'Mon fils est sourd et le cours est en audio.', ['health']],
    ['ru', 'Мой сын инвалид, и приложение его не слышит.', ['health']],
    ['ar', 'ابنتي كفيفة والتطبيق صور فقط.', ['health']],
    ['en', 'The patient was born on 12 Mar 1998 and the system lost her.', ['date']],
    ['ar', 'ولدت ابنتي في 3 نيسان ولم يسجلها النظام.', ['date']],
    ['ar', 'ولدت ابنتي في 3 أفريل ولم يسجلها النظام.', ['date']],
  ])('%s: %s', (language, text, expected) => {
    expect(kinds(text, language)).toEqual(expected);
  });

  it.each([
    ['en', 'Every month the bill for one card eats the seed money of our whole cooperative.'],
    ['en', 'The clinic in Sierra Leone has no model that reads an ultrasound, and HIV tests wait.'],
    ['en', 'Since 12 March 2026 the tower is down, and data costs 2 000 000 francs.'],
    ['en', 'Customs again: 46 % on the invoice; storage since 2 October.'],
    ['en', 'Customs again. The box stands at Tema since 2 October. Ask me for the photo.'],
    ['en', 'Google Cloud wants a card from the United States.'],
    ['en', 'Then we tried Plan B. It failed as well.'],
    ['en', 'Nurse, Lodwar. The tablet is locked in the cupboard.'],
    ['en', 'I am a teacher. Kampala has a line, our village has none.'],
    ['en', 'The card costs 150 000 000 shillings, or 900.000.000 with duty.'],
    ['en', 'The project got 1500000000 francs and 12 - 14 laptops in 2019-2020.'],
    ['en', 'I met him at the clinic at noon and the dot matrix printer was dead.'],
    ['es', 'El equipo cuesta 650 000 000 pesos.'],
    ['fr', 'Le forfait coûte 15 000 francs CFA et la Côte d’Ivoire n’a pas de centre certifié.'],
    ['es', 'En América Latina los modelos no hablan guaraní.'],
    ['pt', 'O Banco de Moçambique não aceita o nosso cartão desde 2024.'],
    ['ar', 'لا يفهم البرنامج لهجتنا، وسعر الباقة ١٥٠٠٠ دينار.'],
    ['sw', 'Bei ya kifurushi ni shilingi 15,000 kwa mwezi.'],
    ['hi', 'हमारे गाँव में इंटरनेट नहीं चलता और ऐप भोजपुरी नहीं समझता।'],
    ['id', 'Harga paket data Rp150.000 sebulan di Papua.'],
    ['zh', '村里的网络每天断三次,流量费每月两百元。'],
    ['ru', 'Подписка стоит 2000 рублей, а карта не проходит.'],
  ])('is not in: %s: %s', (language, text) => {
    expect(kinds(text, language)).toEqual([]);
  });

  it('is soon not found in a long word', () => {
    expect(kinds(`A${'a'.repeat(32)}, and g${'o'.repeat(10_000)}al!`, 'en')).toEqual([]);
  });

  it('says which words it means', () => {
    expect(textFlags('Ask Dr Okafor on +234 803 123 4567.', 'en')).toEqual([
      { kind: 'phone', found: '+234 803 123 4567' },
      { kind: 'name', found: 'Dr Okafor' },
    ]);
  });

  it.each([
    [
      'en',
      'Ask Nurse Esther Wanjala at Kimilili Cottage when it fails.',
      'Nurse Esther Wanjala at Kimilili Cottage',
    ],
    ['fr', 'Mme Awa Ndiaye de Ker Massar tape chaque fiche.', 'Mme Awa Ndiaye de Ker Massar'],
    ['ru', 'Доктор Анна Петрова из Оша пишет от руки.', 'Доктор Анна Петрова из Оша'],
    ['en', 'Dr Okafor types every card by hand. Nobody helps.', 'Dr Okafor'],
  ])('says the whole name, and the place joined to it: %s: %s', (language, text, found) => {
    expect(textFlags(text, language)).toEqual([{ kind: 'name', found }]);
  });
});
