import type { Language } from '../language.ts'

/** Turkish. No suffix follows a hole: it would have to agree with what fills it. */
export const tr: Language = {
  id: 'tr',
  name: 'Türkçe',
  direction: 'ltr',
  questions: {
    nps: {
      text: 'Bizi bir arkadaşınıza veya meslektaşınıza tavsiye etme olasılığınız nedir?',
      low: 'Hiç olası değil',
      high: 'Son derece olası',
    },
    nps5: {
      text: 'Bizi bir arkadaşınıza veya meslektaşınıza tavsiye etme olasılığınız nedir?',
      low: 'Hiç olası değil',
      high: 'Son derece olası',
    },
    csat: {
      text: 'Bizden ne kadar memnunsunuz?',
      low: 'Hiç memnun değilim',
      high: 'Çok memnunum',
    },
    ces: {
      text: 'İhtiyacım olana kolayca ulaştım. Katılıyor musunuz?',
      low: 'Hiç katılmıyorum',
      high: 'Tamamen katılıyorum',
    },
    thumbs: { text: 'Size yardımcı olabildik mi?', low: 'Hayır', high: 'Evet' },
  },
  faces: ['Çok kötü', 'Kötü', 'Orta', 'İyi', 'Çok iyi'],
  stars: '5 üzerinden {n} yıldız',
  followUp: {
    low: 'Ters giden neydi?',
    middle: 'Neyi daha iyi yapabiliriz?',
    high: 'En çok neyi beğendiniz?',
  },
  form: {
    scale: '{from} ile {to} arasında bir sayı seçin.',
    choose: 'Birini seçin.',
    drivers: 'Konu neydi? Uygun olanların hepsini seçin.',
    optional: 'isteğe bağlı',
    send: 'Gönder',
    confirm: 'Onayla',
    unconfirmed: 'Yanıtınız siz onaylayana kadar kaydedilmez.',
    save: 'Kaydet',
    back: 'Ankete dön',
    open: 'Anketi bu kısım olmadan aç',
    problem: 'Yanıtınız henüz gönderilmedi',
    noScore: 'Lütfen bir sayı seçin.',
    commentTooLong: 'Lütfen yorumunuzu kısaltın: en fazla {limit} karakter.',
    commentUnreadable: 'Yorumunuzun bir kısmı okunamıyor. Lütfen yeniden yazın.',
    privacy: 'Yanıtınızı soruyu soran ekip okur; diğerleri yalnızca toplu sonuçları görür.',
  },
  thanks: {
    title: 'Teşekkür ederiz!',
    text: 'Yanıtınız kaydedildi. Soruyu soran ekip okuyabilir ve yanıtınız ekibin puanına katılır.',
  },
  answered: {
    title: 'Yanıtınız bize ulaştı',
    text: 'Yanıtınız kayıtlı. {time} tarihine kadar değiştirebilirsiniz.',
  },
  locked: {
    title: 'Yanıtınız bize ulaştı',
    text: '{day} tarihli yanıtınız kayıtlı ve artık değiştirilemez. Teşekkür ederiz!',
  },
  unopened: {
    title: 'Bu anket henüz açılmadı',
    text: 'Yanıtlar {time} tarihinden itibaren alınır. O zaman yeniden bekleriz.',
  },
  closed: {
    title: 'Bu anket kapandı',
    text: 'Artık yanıt alınmıyor. Yardım etmek istediğiniz için teşekkür ederiz.',
  },
  full: {
    title: 'Tüm yanıtlar toplandı',
    text: 'Gereken sayıda kişi yanıt verdi. Yardım etmek istediğiniz için teşekkür ederiz.',
  },
  unknown: {
    title: 'Burada bir anket yok',
    text: 'Bağlantı kesilmiş olabilir. Lütfen mesajınızdan bir kez daha açın.',
  },
  expired: {
    title: 'Bu bağlantının süresi doldu',
    text: 'Yalnızca sınırlı bir süre geçerliydi. Yardım etmek istediğiniz için teşekkür ederiz.',
  },
  uninvited: {
    title: 'Bu anket davetlilere açık',
    text: 'Yalnızca kişisel bağlantıyla yanıtlanır; bu bağlantı geçersiz ya da artık geçerli değil.',
  },
  busy: {
    title: 'Yanıtınız henüz kaydedilmedi',
    text: 'Ağınızdan çok sayıda yanıt geldi. Lütfen bir dakika sonra yeniden deneyin.',
  },
  doubtful: {
    title: 'Lütfen bir kez daha onaylayın',
    text: 'Bunu bir insanın gönderdiğinden emin olamadık. Onayladığınızda yanıtınız sayılır.',
  },
  withdrawal: {
    title: 'Yanıtınızı geri çekmek ister misiniz?',
    text: 'Artık sayılmaz ve yorumunuz silinir. Bu işlem geri alınamaz.',
    link: 'Yanıtımı geri çek',
    button: 'Geri çek',
    done: {
      title: 'Yanıtınız geri çekildi',
      text: 'Artık sayılmıyor ve yorumunuz silindi.',
    },
  },
  preview: 'Bu bir önizleme: yanıtlar kaydedilmez.',
  frame: { open: 'Görüş bildir', close: 'Kapat' },
  mail: {
    hint: 'Tıklayınca sayfamız açılır. Orada onaylayana kadar hiçbir şey kaydedilmez.',
    open: 'Anketi aç',
  },
  badLink: {
    title: 'Bu bağlantı ankete uymuyor',
    text: '“{name}” kısmı doğru değil. Lütfen bağlantıyı gönderenden yenisini isteyin.',
  },
  retry: {
    title: 'Yanıtınız henüz kaydedilmedi',
    text: 'Lütfen bir dakika sonra yeniden deneyin. Yalnızca bir kez sayılır.',
  },
  chart: {
    asOf: '{day} itibarıyla',
    n: 'n = {n}',
    noData: 'veri yok',
    tooFew: '{n} yanıttan az',
    unknown: 'bulunamadı',
    unavailable: 'kullanılamıyor',
    interval: '%95 aralık: {from} ile {to} arası',
    incomplete: '{day}, sürüyor',
  },
}
