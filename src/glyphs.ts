/**
 * Outlines of letters, baked by test/glyphs from a face under the SIL Open Font License 1.1, of which
 * this is a modified version under the same licence: glyphs.OFL.txt. Digitized data copyright (c) 2010
 * Google Corporation, copyright (c) 2012 Red Hat, Inc. Not to be edited by hand; src/outline.ts reads it.
 */

/** How tall x and H are, in parts of the size of the text. */
export const xHeight = 0.5283
export const capHeight = 0.688

/** The first and the last code point of each run; the shapes have them in this order. */
export const runs: readonly (readonly [first: number, last: number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x386, 0x3ce],
  [0x400, 0x45f],
  [0x490, 0x491],
  [0x2010, 0x2026],
  [0x2030, 0x2030],
  [0x20a9, 0x20ac],
  [0x20b4, 0x20bd],
  [0x2116, 0x2116],
  [0x2122, 0x2122],
  [0x2190, 0x2199],
  [0x2212, 0x2212],
  [0x2248, 0x2248],
  [0x2260, 0x2265],
  [0x25b2, 0x25bc],
]

/** One shape for each code point, empty where there is none, then those that are only parts of others. */
export const shapes =
  ' "m#gJeZ#RqXgD#"g0##d:g@##d9 "uHq*eN#Jh<g,#"i8q*eN#Jh<g,# "~XoRcFg-iL##bSj:#cZgSdJ#cXgTm*#cRgSdJ#cTgTgJ##bTh@#cHg.i:##bTj,#d#gTdL#cZgSm(#c]gTdL#cZgSh(##bS"o0oRcJg-m(#cHg. "r48o/6c6' +
  'fNfLHYb^f5b`eP-#i4fWPeCb.cObDb3bP#b0$cHhEcZgX.#c.e,##c-g5-gUcAb<cKfREKbFe&bRdZ.#h;g$Mf$b-c^b?bEb`#b9$cOi&d7h:/#cMe*#"bb,gF$b*bOb<d3ZeNJ#hSeQ,f$b]"iHr@$^bMb9d9[dL?#h#iK1 "b}4h2$dEf;' +
  'dWf2#f/#f3dR#dL$dTf)dPfD#fA#f)dU"rH#f.#baPxBf4#"n,xNf9#f-dO#dM$dIf7dYf2#f3#f3dX#dL$dNf-dP"bx8h2$d#cCcLd%#c`#cOcI#d$$cUcMcQd##c^#cQcT"sLq4$c]cCcNc_#d+#cKcK#c^$cYcMcOd(#c^#cMcT "bjT/' +
  'f[#d_c,cCb)g;b-d>#h/#hWd@#d($eJl@cBb+b%bGcV#b.$cBg-cRfH#f$#g1cC#c/$b^g+d&hBbAdQd=g(d=dQcRb]e(eXOc+e+eZdKd1bIdP#c9#bD4#c3bW9"~#sZ$b0d7bBcV#d/#d7bM#bC$bYc,c-e=Ze)b6c-bB"{DdJgGdZe%dNh' +
  'WbK#d7$c$f1c7e@#c9#eQZ "iXq*eJ#Nh<g,# "e4iX$eVg$hLg4d:fT#g/d?fWhS#eI$eGfUhQg4dCfR#g3d<f`hN#eR "sDiT$eSg&hKg2d;fR#g5dBfUhR#eJ$eLfShRg2d@fT#g9d;g$hK#eS "p0sFiTbPbDc/j:b1g,e-dZb/e_e6f' +
  '.e3d_b0g8e,j6b2b@c2i]bS:e_eD# "w<k,#h+eZ##h,o*##c>o,##h,e]##h+o,##c= "mXdL#cS$bQb3c9b6b)e*#d-c4#c*cZ##dL "d(hP#cLqL##cK "g4##dLg@##dK "#7nPz(f4#nFz& "bf8lR$fYi7g/i%#i+#i+g.#f]$g%h^' +
  'g%iD#i5#h^g)"~0lR$f(eKeFf:#fC#eWeA#f+$e`e^eIf8#f5#e^eP "f0##cFm###s(kFdS#cVl(dVfD##u[l@##cE "d@##c,bMb]e^d#f=c<f5c(e5c(cMc4#b>$b]eCc,e%#dS#e`c&:bYg*6McTi1d8g@#h-#hId7#d)$b9c?cMe[cM' +
  'g_cUdSbEeCcA_b-y@##cE "bf#gB$d3i3dEhJ#h+#iCd2Rd,g06b1e-j(#eE#f-c2#c0$bZfWc.fF#d:##cHd4#e^#fAc,#bZ$bZe?c.e6#d`#eWc$:bUg%2McXi5d2g@#h)#hUd3#c[$c3e`cSeRA#&f55fYc^ "~<f8#f7fJ##f8w*##c8' +
  'v@pVg8##pSgH##c9"xPu*&)bObE>5l_iWbRb1B7qH# "bf,hL$dOiWe3hR#gG#i&cXb%cPg(8b^d?hX#eU#fAcZ#cF$c0f?cPeJ#c?#e/Qc%YfV#bDmJ{P##cEv2#Vh=dYbBfT#g^#i5e& "bf#hN$dOi&e5h*#h[#i;fZ#fJ$g*iQgDi(#k' +
  'M#cPeQfNCbOcXf_#f+#fGeQ#eCbIbBf^bHdX#gA#hMe&"}XhF$cDe`cRe>#e/#f+c=#c-$cMf9d?e0#e9#e^cZ "beDv(h/fAf[g1c[g&#d3g2#$eBhIj_i]g@z.##cFbb## "bf#gF$d3i3dIhN#hC#i?dF#d6$c6f5d,e(8#(dS>e?d##c' +
  '%$cLi)d8gP#g^#i)d3#cQ$c$e?c`dV9#&eA9f$d)"|HrJ$d_iN#e/#e?b`#b^$c$eIc)e,#e5#e=b]"}TgV$c0f/c0eN#eC#f+c9#c)$eUjX#e^#eUc8 "bePm2$g&iSgAi.#f?#gKc8b:cFfP@bUc[g,#f-#fMeT,e>b7bAg?bSdV#g7#hG' +
  'e8#dF$dNi5e0h<#hU#i)fS"}0p,$cVf/d>e6#e7#e`c[#cC$cEf$c^e4#cI#eAb.cEc. "g4oH#d>g@##d="g4##d@g@##d? "mXd@#cG$bQb3c9b6b)e*#d-c4#c*cZ##d@"g8oH#d>gD##d= "d<jD#d<bd,g_#cE}Fg)}Hg)#cE "d8o4' +
  '#c@bd0##c?"d8fP#c@bd0##c? "d<cF#cF}Hg*}Fg*#cFbd,g^#d; "bf@r0$b1b?b^cObKd*b+cJ`c;Wc7bY#b+fV#)b,b9bPc)b8cIb(cM]cE_c$b.b5b@#_$bZf/c0eJ#eK#f?c7>c$g*0Yd6iMdDh,#hA#iEdA"oH##d:gD##d9 "cd<' +
  'mH$d)dSf$gWcOe.#d7#dGb@#b@,b..#c/c$gCc&dN#f3#fOd<#d%$cPe5eNhQcReP#h5#cPd$0#b8cLf0#dVi=b3cO#bA$bEcP#cM#eAc6cIe%#c@$c_f+eJjKc@g>#i&#m;dEh&gM#e-$d1f5eYjYcIgH#eY#j^b2f8b@bTbWeSb?l7bAfR' +
  '#h`#m&d.g7fZ#dV$eLi5hJoQe2j,#i)#lMc`g-fA"bn0m@$bNe;c(dJ#d7#f3c)c`dQ#c-$b`d1c3d4#e1#g^dBb8cHQbD "bi]#f:gXv:#f:gWgF#t0xBh0#sXxA"wXv*6?Sb;bJc-f_hMrH#g%hP[b.Zb> "bl]gJ$d+j+dAi*#t%##xBr' +
  '(#qE##fM$c)eKcUe2?fI7g)d)"bcTr<$bZf/bJeZ#kJ##h=kL#f-#f$b]"bfDgX$e.lJ#lV##i?m8#fY#f9c. "{<v2hS#iKe`#e9$e7j)f1hL#jY#f#eXf0b5c[d$k?d-gZ#h+#k7c_f?f@#dR$fHm-g:kP#hE#k)c[c8cWf_`bKc%h/c. ' +
  '"bq(m#$dIfKf?k;cYgR#rF##xBpD#l^#n$f`"bjLm#$e:jGeFj%#i_##s9k@#f-#hYc4e1e4 "fH##xBbfL##cG~2##hC|4##cE|2##i/baH##cG "m#uZ#iO{0##cI{.##jCg:##xBbd<##cG "d@lX$fNm5g4l(#hU#jQcIcLcYg%Yb`c#' +
  'h&bVf.#i+#iGeY#e?$e?j-f+i(#eI#h^b<c@b0#e2n_##cLtX##i)dObYkSc)g6#h;#kKc]fGfD "bh<##kZz:##kYg:##xBg<##j[z<##j]g8##xA "g8##xBg8##xA "p47l[#c2g.g4DIb[e1c-d,#dA#e$c:#c6#n_i_##cHp8##qA$d' +
  ';h;d[ "bgX#sNl8g*c7#i`g:##xBg<##lQwHlRhD#t_k/wLn5 "fH##xBg<##uYxP##cG "bpD##pL$cH8c<bKc^b2bMm*p`e>#m6q#bVcVb%bV(bU,d-#pKfJ##xBi<#m@q5M^b5c30A5LbMcP88m4q6i,##xA "bg(#z*u#0bG,cS#pGfJ' +
  '##xBh<#z<u+;d4#b@#p<fP##xA "btXlX$dMfKfCkCc^h*#h3#k?c]fCfF#dN$fJm9g8l##h-#kEcUfIf="bn8lX$e:iOf#h_#i&#iSe[#e=$e=iYf-h]#i-#iMf# "bl]q>$d7iKd[h>#nR##j-g:##xBtT#hY#iMdM"bfDq<$eDkZ#mF##' +
  'j3mX#kM# "btXlX$e^j`g;iZGb=c)e=bWd<#bY#c#2#c1d+9cR#f&#g?cVc%d8gG.jGd%e`f:#dF$fJm9g8l##h-#kEcUfIf="bn8lX$e:iOf#h_#i&#iSe[#e=$e=iYf-h]#i-#iMf# "biT#m.jRoF##jQg:##xBw,#h^#iIdE#d-$cGg&' +
  'dEf:?n8k+"bhXqP$c(fCc,f2#p%##iKp8#f)#fAc: "bm<gB$d3k+dEj2#r+#cNf_g,Jb)c+g^b^g##g-#gQc*#c($b,c+b>dS]f3Jd.:fCJfSb2d7bBbOc%#b8$d#j1d4iH#i$#iAc=bPc^g2Cb&bXfSbLf*#fG#f[bW#bU$b)c5b;e9`g@' +
  'Mc13e5Ad^OdA^cEb;b=bY "y#uZ#uYg6##uZq*##cHbiH##cG "y<7fS#iGc*eOe##cR#o_g<##oM$d/gEd7g,#g9#h)d>#d8#o@g8##oK$cUeWe+iSc/ "{(#gF#t*xBgL#n#qCcTe-cTe.m]qDgP# "bu<#hF#i*o]Sb<bBdHWb[b/cGiB' +
  'p;hF#nRxBgH#i@o[bAcSb4c^UbVc-e8i0oDg(#i0oIbYdEb(cA4H^bZb-c>iTpRgH# "bh(#o%k4o:k3h%#rXm0q>l6h##n(j1mPj2h##q%l-r@m7 "z]jP#jOg6##jPs%nRh##o4l/o4l0h## "bjH#bh:##c<}HsB{.##cHbd<##c7}FsE' +
  'ba0# "eXh&#bbTnH##c+hR##|ChT##c+ "nH7nFz(f4#nPz& "Dh&#c,hT##|DhR##c,nH##bbS "{4l2k6kDk.kCf:#m4m4gT#m8m3 "_gQ#c.bjP##c- "oDu%k_eJ#@g]#h0eQ#7 "nT7f;#f?cX#cB$cTh9d#i0*i,(#b#$c0dObZd_#' +
  'e&#dKb96bAg24bEeXm]#gU#gYd)#c^#hQ$b7b=b7b]#Y#b,*#bWc33c:#d7#c`bR.bX.#c7c&g&bO"p0b]d5#f-bBd$cH#b<#b@gF&e/$e;Sc7bK#b7$b?d1bG "bf,j*$j=n2#e+#f;bBbNbJ%#$A3c+%-fR#1Z#cV#v#g###h$$b)*b?,#' +
  'bMbPfEbBe(#gU#gAeG"}Tj#$dTd`d4e>#f&#eKd?#dQ$dEeEd9f,#eE#e$d8 "j0j*$dGeEd?eD#d1#e9bP@bTg(/KcGh?d)fN#hG#h[eT#eF$eFi$eRh@#fE#h5cW]cAg*1?bBdSbRdB#eO#e3d- "|<cZbKbOfCbAe%#gS#g?eH#eL$j>n' +
  '4#e-#fAbAbLbI(#%c%#h@g###u`$cU0YfN#+4/b]#N"j0j%$dQe$d3e@#f-#eIdD#dN$dHeGd8f%#eC#d`d9 "j0i<$d)f-d9e]#d^#eMbFXb0f4Qd3e3l>#h`#i7eR#eN$e@i9eRhT#pY##jE#;"}PkN?cVeScJeB#e7#f+c[.cC "m(pX#' +
  'pWf_##pXf%##c.f(##c%$c@e9c.e@#cA#bP/#c3b?,b.#c3#c&b-#bC#bIh###c- "s4h&fW#g`c6_c,g#>Ib1e-b9d8#i^##f4#cZ%#bKbOf[bQd_#gG#g3e<#eP$eRgQeFgT#dY#fIbQbDbG(#$B5c@,*fP#/Y#cU#nQ$hG"|<j%$c0c;d' +
  '.e7bNcR#eG#e/d7#dO$dMd^d1eT#cU#e=bLc=d* "kHo_b^bRf=bJe0#fY#fEcY#d=#m$f_##l>$bZb;bXd/XcV#e/#f+c[#cA#kIf_##yPg###g=$`/c-%- "eHvX#cXg###cW"eH##s%g###s$ "eHvX#cXg###cW"kHc1$cCd`c5d_#cG' +
  '#bJ,#c8c()c9#bYb0#bP#tTg## "|0#m.i2e:bS#g=f_##yPg###p=pXiPh##oFhOp<k5 "eH##yPg###yO "zH##l>$cJcWc#dN#dS#e?c[#cK#k?f_##o0$d,.NfL#)&)O)^(b5,#b^bZf$bBdH#e)#eUbI]bQ(#bYbTf9bHdP#fA#f$c^' +
  '#d9#m$fZ##l>$cJcWc#dN#d[#e;c[#cK#k? "|D##l>$bTb;b_d&Xc_#e7#e`c^#cI#k?f_##o0$d,.NfL#)&)O)^(b5,#c)bXf=bDe(#f^#fAc[#d;#m$ "bf,j%$eOi7eIhZ#h[#i&eV#eD$j8q0#i5#hUeC"}Tj%$dPe;d<f2#f3#eKd?' +
  '#dK$dEeIdEf##f=#eId@ "bf,j*$j=n2#i7#cVd,.#-+#cM#h$f_##v>$cR.ZfT#)&-S-bM#7,#bIbLf5bFe8#gM#gIe?"}Tj%$dRe&d2e:#dG#d`bAc+d-#cE$dCeEd9f,#eA#e)d4 "q,7gW#g;eJ#eJ$j>n4#e-#f9b=bTbM(#$B5c@,(' +
  'fP#/^#d[#u=f_##h6,cP%#bSbQf3bC"|<j2$dDeGd<f%#eC#d`d;#dO$dQe$d3e@#f-#eIdJ "eP##nV$bZ.c6fL#5d&#G,#bAc6dQbNd<#b1#b0-#cOb/.b_#dO#d[d1#c`#j; "bbLf#$cEhKcQgZ#gO#h7c2b%c8f4DUb?eUb7e4#eE#e' +
  '5b<#b<$b(c[b8d2>e6Ff+Le;b4c?bV#b8$c@h)cHgP#f^#h)c)]c7f:7Cb0e7b6dJ#e&#dWb1#b3$QbI`d-Mf#GeUGe1b$c=b1b9bG "s@,c[;d*#h/##e*#m%e*##c.e<#bPe%e###e$gL##c-gJ##l;$b5bQb$c(#b1#c42 "k@s%#l=$b' +
  'Qb=b^d)Wd##e9#f$c_#cJ#k>g###o-$d-0MfJ#&*&P&]%b8*#c&bWf;bEe%#f[#f?c_#d<#m# "u@#h*#n%s%g<#h]lO=KbXd3b0b]b4b_i0lRg<# "bj,#gZ#g6mRb.cT3Ob3cUg.l`gZ#k%s%f]#g(m15;b0cYDb2hDo6g@#g4m9bDd-b(' +
  'c6gTn2fX# "{P#jNh<jNh;g>#mTj4m.iRgH#j#g`i]h#gP#m2iOn#j5 "g<h&c?#bJ.#c4b5)bD#fI#d4e*DPo2r]g<#hHj^-1AIcEdM,1c8d6hXl@g8#nVs$c/cWdWcUeOb9 "cT##c6u,n>s_##c6{,##c3u.n=uX##c7 "r,h&e3#eCcF' +
  '#c6#g%$b]dCb]dJ(#c,dM(dEbZ#b_#g%$c8e=cDe<#e@##c+c%#d&#cCbS#bS#f[$bEdCc3cZ9#$c^7dEc3#bI#f[$bQcEbUd(#c(##c+ "g,h1#bb_fD##bb^ "d,e[d)#cIbV#bR#f]$bJdAc4d#8#%cW8dGc4#bH#f]$bTcGbTd%#b_##' +
  'c,e<#e=#e=cC#c7#g$$b[dEb[dP&#c+dO&dCb[#b[#g$$c5eCcEe2#e:##c, "},j2c3#eWPc:>e7PcZ#c/#dWKc.S#c<dQb<f(#bQ#e1=e8Qb)/e$Eb@#e9#dTbD#c?b[MdWI !### "iXl>e]#TqWgB#"oLs%#d7g>##d8 "r]c6gG6gSe' +
  'P#e6$e0gUeTgH4#cHe,##cGeU1g$cQXc7g*1?bBbZZb/FbZ0#nQbQ0b<Fc-XDbTg(/Gc;g7d$eZ1#cS##e*#"r]sDd73bJb1c+bG#dO$dGc4bObQb9d,5 "bgTf0CcAfWcMeR#x2##cFc^RcYcL#c%#c<g.##c,g0##eL$d4gYd8gD#e^#gM' +
  'b`b,bUfR[Ob(dKb2c:#dS#dObY#c)#eSnH##c+nF##c)$b`d&d)cBKq(#fU#b#c] "eHl<$c6cHbZd6bLd@bPd4bMdUb:eL#eI#dTb7d0bJd@bQd.bGcMb[#c3$c5cNbYd8bKd:bOd6bLdSb5eF#eO#dJb8d>bOd:bPd<bNcGbZ"jPl>$b[f' +
  'EcOdT#dU#fEcN#b_$b_fCcPdR#dO#fGcO "y#lVkP##c)mR##cEmT##c)mR##f&fZ##f(mJ##c*mL#(cFmN##c*kL#o%lLgL#m8kSmDkTgH# "g,lR#m_fD##m^"g,h1#n#fD##m` "tHyPfU#h)c/]c+f:7WcBhB#e+#e7b5#b/$Sc$b-dQ' +
  'We8AeYGf1b9cYb^#b9$bId[cAd6;dQSd9c-#bA$c?hKcUg_#g`#h3c2b*c6f8DMbAeEb9eX#eE#eUb@#b:$]c/b6e&_f%Hg?RfKcH#bX$b@e)c@dDBd/DdOc2#b>$c8h)cF"}Xl($b0eGbPfVLdK)e3bQ#b;$Sb^b1dQYe4Ce$%eAbL "oLu' +
  '8#d(f<##d&"bDu8#d(f@##d& "bt4lT$d1g?fGl/d1g>#gC#l7d:g/fD#d.$d0gAfHl1d2g<#gA#l5d1g=fE"bq0lT$cTfGeVjScVfJ#fG#jOcUfGeW#cQ$cUfMeWjMcSfH#fM#jUcTfIeX"qHlV$cGeQcUe0#f5#c@cHdXGc&b`fKbOdV#g' +
  '3#g[dR#d<$d:gMdNg4#i-#d0dAdRCb&b,dWb,cB#e/#eCcK "iLkXdG#e/b]#bN$b]f5c(f,%f](#b#$b:c7b2cJ#c3#cK`6b3eZ.EbRf5c#e8#eU#f)c&#c)#f+$^^Ub,#M#T,#bObK/b*#c;#cOb4*b(*#c;c="k#mNd$#e1b_#b8#b(eF' +
  '&d[)cSb)#b&$c$ "~Dc:l2g(#b(l4g.fH##Al2g/l8g+#?"o#c:l.g(#b(l0g.fD##Al*g/l0g+#? "bbLd##h,}6##c>bd0##jE !1## "bt4lT$d1g?fGl/d1g>#gC#l7d:g/fD#d.$d0gAfHl1d2g<#gA#l5d1g=fE"bq0lT$cTfGeVjS' +
  'cVfJ#fG#jOcUfGeW#cQ$cUfMeWjMcSfH#fM#jUcTfIeX"bbXeVgJfHf6##fGe2##nVk4#eQ#f$c)#bU$bMd?c&cR5h8fU"bb<oN$b,d/b0cJ#fJ##e`g(#cM#cUb< "bi4y0biR##bFbiT# "x0t*$b`fGcQdZ#d[#fKcT#b_$b]fIcTe##e' +
  '$#fEcQ"tHt*$b4d?bPc>#cC#d;bQ#b1$b1dAbQc@#cA#dAbP "v0l8#gEeV##gFo*##c>o,##gFeX##gEo,##c="c0##c>bd,##c= "b@j<%bNb$b.e9c.dDb2d5b,c^bX#_$b%c;b4c>#c3#c[b12b+e:,=bTf=c0e4#e5#e^c&#bU$c=g2' +
  'c5e&bAd7bCJQoT##bW "v<n4$b[f+c+eN#jC#b%dReD2Ic3f@#f9##c@$c4g6#b_##bVbX#cM#d)b0#b($b#c?b.c6#c3#cSb-.b)eB0AbVf1c#e4#e9#e^b`#bI$b1cWbUc_7#$d$-dEbO "c<u%#8h4eRgX##?k_eI "eLh&#z*g(##l=$' +
  'c5dEc5e##e5#eYcZ#cN#k>g###nG$b3b1b+b<#U#b#,#c-c/7bF#c`#d/bF*bL*#dCd1g:#c3#dGNb%J#i& "~@vT#{/dN##{0h.##{/dR##p_fG#g?d*#cV$cTgId0fP#sT##bM !j7]# "q,e/$d$j*#b[#b%(#bJbI)b4#eY##b:$b4e:' +
  '#b?#>$c0d%dD#b2bKd-$d-b9 "cLj<#bRh(##k8gNc5#c#h#c6e(##m7h0##bQ "y,r:$d+fWd9fV#fG#fWd8#d.$d.f^d8fL#lI#"t,r:$cFc`c0d>#dG#d&c3#cA$c;d$c9d<#dM#d)c6 "x]c:fF##@l4g,l.g0#BfD#l4g-#b&"i@c:f' +
  'J##@l4g,l.g0#BfH#l,g-#b& !c#;#!j8mN#!j9pXj7 !c#;#!j8mN#!bYqVj7 !j8n%#!j9pXj7!bZR# "e<V$b4bAb_cQbLd(b,cP_c9Xc9b](b,fT#&b-b3bOc&b7cGb$cK^cG[b`b-b/b?#`$bYf-c/eL#eM#fAc8@c%g,/Wd5iKdCh*' +
  '#h;#iCdD"z0s%#d7g>##d8 !E##!j:fF# !E##!j;h]# !E##!j<fX# !E##!j=fV# !E##!j>g(# !E##!j?gFc4 "bc8##gXs2#gFgWgJ#wXxBbk8##cGz6##hCx8##cEx6##i/{L##cG"bc8v%f%#Zb$jZkIp]# !G##!b`iB# !I##!j' +
  ':f8# !I##!j;i## !I##!j<g4# !I##!j>g6# !M##!j:bG# !M##!j;b.# !M##!j<Q# !M##!j>I# "@n:f,##k,pD#l^#n$f`#fA$dIfKf?k;cYgR#rF##kTf*#"bjLm#$e:jGeFj%#i_##hEnD##cEnB##i1k@#f-#hYc4e1e4 !R##!' +
  'j=g_# !S##!j:h6# !S##!j;j.# !S##!j<hV# !S##!j=hB# !S##!j>hX# "ePfBlTfZlNfXd@bPlLfYlLfXdDbQlJfSlPfWd:bOlRfXlVfY "btXlX$dMfKfCkCc^h*#i/#fFbXd_c;g6#gLe#fSd0#fD$fJm9g8l##i1#fHbUe#c>g<#' +
  'gJe$fQd-"bn8lX$dPd2c<xFo1e)bAg##i-#iMf#"jPlX$dUd8c?xHo0e+b@fZ#i&#iSe[ !Y##!j:gJ# !Y##!j;i2# !Y##!j<gT# !Y##!j>gZ# !^##!j;hP# "bl]m4$c+dWd7h3bUe_#nR##e^g:##xBg<##e/n<#h^#iIdM"bfDm0$' +
  'c2f?c@f>#mF##jGmX#f-#fEcH "bi]e]$cAg3cQfJ#fO#dNV%cPbQAf9Kc8#d)#d5b>#b8$b(cWbNd._d&Zd&c0#b>$b#b^bLbTRb^TbQb<#V$b4e?bFdF#e[#eKcK#cM#r$f_##r,$dRhYdVhP#g9#hAcK#c3$c;dNbMcKb/b+U#?$IbY`c' +
  'Q[bHCg-c& !b)##!b(d,# !b)##!b[fL# !b)##!j@dJ# !b)##!jAe*# !b)##!bOd]# !b)##!j?e<# "bc4i<#5)c`f$d-eL#d^#eMbFXb0f4Qd3e3l>#kK#d:e6cKc7g`b^eV#fC#fKcX#cB$cZh^c]i((i#(#b#$c2dKbXe%#e/#dOb' +
  '7>bCg24bEeXn4#i9#d8c5d^c6hH#pY##jE#;"{0iZg>&e?$eKYc/bK#b1$b?d9bGd(#d=#f-b@cYcH#b>"bv@kN?cVeScJeB#e/#e[cW.cG !b+##!b`e@# !b-##!b(dN# !b-##!b[g,# !b-##!j@e*# !b-##!bOe,# !jB##!b(bG# ' +
  '!jB##!b[b(# !jB##!j@O# !jB##!bOG# "sX7hO#i3e6#e($e(i5e2i##eE#d,`dGdJe.bZj_c1#bZh4bFdKb@e:b.g]#cMGd#b)k0c0#bWh%bCfQcGfUgQ#dW#)$e7i7eA"~,i%$d0eKcXf.#f3#eScY#d-$d-eUc^eT#f=#e^cZ !b6(#' +
  '!jAe*# !b7##!b(dP# !b7##!b[g## !b7##!j@e## !b7##!jAe,# !b7##!bOe.# "p]p_#d(fH##d&"c0k,#c>bd,##c="p]dP#d%fH##d$ "bh(j%$eOi7eIhZ#g?#dZbJd6b[fF#g,dFcOc6#dT$j8q,#gQ#dTbAd(bPfD#fNd7cMc1' +
  '"baTj%$c.RbDq%j9c5b?eD#f=#eMd@"l,j%$c-Tb;q(j8c/b:eJ#f3#eOd? !b=*#!b(d]# !b=*#!b[fP# !b=*#!j@e## !b=*#!bOd_# !bA##!b[eP# "eHyPg###h$$b)*b?0#bIbLf5bFe8#gM#gIe?#eS$j=n2#i7#cVd,.#-+#cM' +
  '#h$f_#"}Tj%$dRe&d2e:#dG#d`bAc+d-#cE$dCeEd9f,#eA#e)d4 !bA##!bOd,# !E##!jCg#fB !b)##!jCdZ# !E##!jDg6# !b)##!jEe<# !E##!jFpV0 !b)##!jFlV# !G##!j;j]# !b+##!b[g## !G##!j<hL# !b+##!j@d@#' +
  ' !G##!jGj*eZ !b+##!jGf## !G##!jHhL# !b+##!jIdF# !H##!jHf_# !b,##!jJpZb4 !c;## "|<cZbKbOfCbAe%#gS#g?eH#eL$j>n4#e-#fAbAbLbI(#%c%#cVj_##c0k###c>g###c=e<##c/e:##q9$cU0YfN#+4/b]#N"j0j%$' +
  'dQe$d3e@#f-#eIdD#dN$dHeGd8f%#eC#d`d9 !I##!jCg6fB !b-##!jCe*# !I##!jDgF# !b-##!jEeD# !I##!jGhJeZ !b-##!jGf<# !I##!jFo,# !b-##!jFg:# !I##!jHg,# !b-##!jIdZ# !K##!j<h]# !b/##!j@dH# !K#' +
  '#!jDi:# !b/##!jEe.# !K##!jGj>eZ !b/##!jGf%# !K##!jKjV# !b/##!jLf0# !L##!j<gV# !b0##!j<e%b( "bhD##kZzB##kYg:##r*f*##cFf,##dVg<##dUzD##dVg0##dUf,##cEf*##r)"bhDnF#dDzB##dC "kHo6b^bRf=' +
  'bJe0#fY#fEcY#d=#l9f_##kR$bZb;bXd/XcV#e/#f+c[#cA#j^f_##u*e:##c0e<##c>g###c=k###c/j_##c?$`/c-%- !M##!j=S# !jB##!jAS# !M##!jCIfB !jB##!jCI# !M##!jD9# !jB##!jE-# !M##!jF0# !b1##!jFS# !' +
  'M##!jGLeZ !jB## !M5#!Ni%# !b1##!b2hF# !N##!j<f0# "cHh&cG#bJ,#c8c()c9#bYb0#bP#tTg###u3$cCd`c5"sLu:#7dB#h2cT%#hNcSd>##8hTeBgT# !O##!jKh_# !b3##!jKfF# "|0#m.i2e:bS#g=f_##s%g###iOpXiPh' +
  '##oFhOp<k5 !P##!j;cZ# !b4##!j;8b6 !P##!jKgB# !b4##!jK## !P##!jJiZ# !b4##!jJeXb4 !P##!jGhVk; !b4##!jGf:k; "uDn6iBcA#i/xP##cGba*##i_eZb;#cJe]b<#lZg<##k&iDc@ "eH##j%e%b+#cJe(b,#n(g###' +
  'l7e,b0#cIe*b/#kQ !R##!j;iV# !b6(#!b[g@# !R##!jKi@# !b6(#!jKfT# !R##!jHgP# !b6(#!jIe%# !b6bJ#!jMc+# "bb<7d/#f?b2bZb2e0b]d$bUdD#cA#cUb6b5cN#cX#f:$dFf/d0fZ#d[#g[bOe&c^#bK#oWg6##s0*f6g' +
  ',#1cE#bI,#c=c.j)c:f<#i1#h9e5#eM#fS$dMcCdQfKbY "zLh&cG#bJ,#c8c()c9#bYb0#bP#n0$bTb;b_d&Xc_#e7#e`c^#cI#k?f_##o0$d,.NfL#)&)O)^(b5,#c)bXf=bDe(#f^#fAc[#d;#o3$cAd`c7 !S##!jChVfB !b7##!jCe' +
  '(# !S##!jDi,# !b7##!jEeD# !S##!jNi%# !b7##!jOe># "bd8#c3-eN#kS#m3g>#fH$fDm5g4kX#dE#dD-ba@##cG{R##hCyT##cEyR##i/},##cG"{8c>cQ#bP(#sBb?(c?#>#i/#i?eQ#e=$e?iQe^ "bfLi<$d)f-d9e]#d^#eMbF' +
  'Xb0f4Qd3e3l>#j+#e%d(e+d&j.#h[#i;eV#eD$eLiAeLi(#j9#d]c[e1c]iL#pY##jE#;"~<j%$dLeGd@f6#f;#eWdE#dE$h+j]#fA#eUd@"bz0kN?cVeScJeB#e7#f+c[.cC !V##!j;i%# !b:##!b[d%# !V##!jKiJ# !b:##!jK%# !' +
  'V##!jHf_# !b:##!jI]# !W##!b[i.fB !b;##!b[f2# !W##!j<g.# !b;##!j@cX# !W##!b`h%# !b;##!b`dJ# !W##!jHg0# !b;##!jIcZ# !X##!b`fV# !b<##!b`b8# !X##!jHeV# !b<##!jJhLb4 "y#uZ#hCj<##cEj:##k' +
  'Sg6##kTj2##cFj4##hDq*##cHbiH##cG "l0iH#e+$b5bQb$c(#b1#c42#c1c[;d*#h/##e*#eRe*##c0e,##f(e*##c.e<#bPe%e###e$gL##c-gJ##f&gL##c/ !Y##!j=gP# !b=##!jAe*# !Y##!jCg]fB !b=##!jCe## !Y##!jDh' +
  '.# !b=##!jEe@# !Y##!j?h@d< !b=##!j?eH# !Y##!jNgZ# !b=##!jOe:# !Y##!jFj(# !b=##!jFk## ![##!j<kF# !b?##!j@gP# !^##!j<fT# !bA##!j@d%# !^##!j>g## !_##!j;g]# !bB##!b[f.# !_##!jGg8eZ !bB' +
  '##!jGe2# !_##!jHf0# !bB##!jIcH# "kH#f_##u($c@e9c.e@#cE#bP/#c3bC,b*#c7#c&b-#bC !E##!jPc?c/ "g4h>#dLg@##dK !Ie##!jPdGc/ !Ld_#!jPdIc/ !MdJ#!jPdSc/  !S&#!jPeEc/  !^g>#!jPc7c/ !jQ.#!jPe' +
  'Ec/ !jR##!jSbS# !E## !F## "bfPxB#cGxN##uWg:##x@ "t8xBh0#r#v+#c9bl>##c:"bgXcHl2o:`b2bKcN%06C`bWb>bQl2o7 !I## !_## !L## "btXlX$dMfKfCkCc^h*#h3#k?c]fCfF#dN$fJm9g8l##h-#kEcUfIf="bn8lX$' +
  'e:iOf#h_#i&#iSe[#e=$e=iYf-h]#i-#iMf#"qPn2tH##cKtF# !M## !O## "bp4%gJ#mZqDcRe,cRe+m_qCgN#t0x@gH# !Q## !R## "e0xBbg###cGbf_#"bl<cH#cGbi:##cH"bg0n:#cE|_##cF !S## "bh<##uTz:##uSg:##xBb' +
  'i,##xA !T##  "dH##cNr]jLr6i>#cNbd4##cG{*#p4h=#c&q6iS~4##cG !X## !^## "buHm4$cCe/d^h[c-f6#cR##dQg*##dRcR#f7#h[c0e/d]#cD$d_j5e<iH#c<##d%g,##d$c<#iI#j5e;"bo0m0$g,m2#bF##m=bX#fU#g1d0"k' +
  '8m0$d)g1d/fT#bX##m>bN#g&#g&c` !]## "z@##h,cR#f7#i+c.e7d_#cB#hPg8##hS$cWgMd9fP#bX##o%g,##o$bX#fY#gEd8#cZ#hTg8##hO$c?e7d^i+c/f6#cR##h+ !jQ## !M##!j>I# "z]jP#jOg6#(jPs*nRgT#o@l/o<l0gX' +
  '#"{PzB#d(f@##d&"nHzB#d(fD##d& !jT##!jPeV# !jU##!jPd:# !jV##!jPf2# !jR##!jPQ# !jW##!jSdN# !jT## "bgHgR$d5h[dSh6#g&#eBbF.#1bY#b?#e[f_##y0$d]hIdLhD#gI#g^d$#cQ$e1h:b=e^AfMd;"kPd>c-OfES' +
  'cL#eQ#f)cF#c2$c>fScHf:##c:e1>dUc8#c%$bJe&bXdJ#eW#e7cG#cQ "4s%g<#i,l159Mb&Mb)Ib&,9QbDbPc<h]l4g<#m_r+b+bAb[eC>b[g6#Ud0c,e( "}ThX$b>bOcFcSc.cRb@f[b&g7d^#cG$cUf1d+eL#eU#e^d#"u4wDf*,kDf' +
  ';e$c&dEcIb^c[#bM$dSiGe?h>#hC#iKe:#dX$d2hUeJhPb8kJfL#b_y@##c/ !jU## "j4g8$b+bIb9d)Ye@EbU3dMEd$[b^b?#b+$Ob/bUbBb5e.]QBb)b:#@$Hb;TcOHe2BdW@c`JcKXbSb4b&bL#b*$gBt,k.#(e2&l>##c.v<##c)jKf' +
  '?iOh[ !jV## "be@m2$g9h`g/hF#h?#hWg:#g0$mBpD#h^#hAg-"sTbZeQ#e=eD0eTs2#1eGe5eO"t,wFeO#e7e=.eOs4#/ePe+e> !jR## "|0#m.i2e:bS#g=f_##s%g###iOpXiPh##oFhOp<k5 "p@q*c3d,b?bLb;_bS@b6#[#J-b.c' +
  '.c5<c(#dE#eEc=cDd3o0t$g6#gVjJb;bXRbN?Qb?bSj>kIg2# "}P#&0/c8%J*#b`b^e;bCd:#cO#d`b(b%_*#-M#b7#g/g%##yFg(##kO$cKe1cGe8#e-#eUd%#cN#k4g###o+$d/0M "bbDo*$cYgWhCf_dKfJ#m_s%g8#k8p?iYfT#fH$' +
  'c2bFbVfX#bQbG "cXfZ$d#i)e(h8D#%e`0fSc>#bX$bPeUc8e4@#,i>+c>##c.v,##c&gW;g?c+#bS$b+cEbAeUWeH/#c/h[Ai+d-#c=$b+bIb9d)Ye@EbU3dUEd-[c$b?#b+$Ob/bUbBb5e.]QBb)b:#@$Hb?Tc[He6BdW@c`JcKXbSb4b&' +
  'bL !b7## "bhD7dS#d;bZ#c2#m(n:##b/$dUbOhSbBd$g2#bQd>b^hP#d:#b8c/#f79V3#c8U0dE4bP#bf<##c-hR##l=$b3b=b+bP#cX,#c-cG7 "bg,iH$d^i+e^g>#dK#f7b,c*b4*#-`#b&#h&f_##qR$e(i)eJh,#eQ#hIc=e1e?"~L' +
  'iP$dBfKd]eR#iS##gC#f5bYb+fIb5c]#e1#eMdD "t<q%cO#e;c$c`e)#c$$c+e5c/gDb$dLGh)b-#cO$Ob/bUbBb5e.]QBb)b:#@$Td7b*f:Pf[TfCbZcGc]#c4$bVcMe.e5cXf^bFdL#d=#f$Yc,b+dVb^d+bL "bfPi0$e$iKeAhJ#h`#' +
  'iCeN#e:$e>k$eXj4#t###c-fB#eZ*#&cQc$c9dM"~@i,$e4e*d@c_#g+#g`dO#d9$gWj]#f)#f5d0 "j<pXc/#f79V3#c8U0dE4bP#t8##c-k*##l=$b3b=b+bP#cX,#c-cC7c.#dW#d;bZ#c2#m( !jW## "bl<j>$eCi;e^i21#gQfJ##g' +
  'Ri&0i+eR#e>$dVh=e_gHDLc3e+=e3dI#d&$dEe^d7f#+#jL$d0f-dDf4#fI#g9eW"bf,j@$d0c[dDcJ#eS##eA#jMf=*f$dJ "s(e#l%l&g2#oLnRfJfNc?c>c/b2b2#[#N-b*c.bQ8c0#cY#dEbKcLcQePeYiTi_g4#m2lGnDnAg6# "|,c' +
  '#g-%eUc8#cZ#kRg(##kO$d`h`dGi_$#gOfJ##gPiW%i&dF#e%#kPg###kQ$cUeUc;g,$#u8fL# "~@hB$cIdUcWd<#dU#dQd*#d>$d*e;d_e%@Tc8e99g5cKd=e1#cA$e3g[eMg6#e/#f/c.b*c6*#b+c5f3c-e.#g7#gWeN#e4$dZhEf8g@' +
  'DPc7d[=eCdY#d/$d=dQd)dT#d=#d^cX#cJ#e0fD# !jR##!bObG# !jW##!bOe%# !b7##!jPe_# !jW##!jPe0# !g>##!jPiD# !I##!j:fN# !I##!j>g6# "y#uZ#fWd^<i9FcT#hE#h5d)#d+#dE$gClN#d+#eW_c6b*dPc%c$Wc^Kb' +
  'H#cU#cMbN#bV#dL$b_e7c%eR#d&#j&Ec23#mGg6##uZq*##cHbiH##cG !fD##!j;g.# "{<v2h&#iGe/JdUvT##cEvR#IdSiYeCh,#e^#hEc@c<c<f0b5d3d/k&c`g_#h+#k7c_f?f@#dR$fHm-g:kP#hE#k)c[c8cWf_`bKc%h/c. !W##' +
  ' !M## !M##!j>I# !N## "ciLgZ$d+iGdQhF#t>##uVnV#bJg+bKgId/fUeScAe6#b[#Z.#cDM)b0#bU#c1b(b^cDb^e]b^h4b<f:zL##j[mP#hY#iQdA"cc4gX$c#f?c.f>#l_##iAm4#fA#f1c4 "cf@gZ$d+iGdQhF#s*##kZt*##kYg:' +
  '##xBg<##j[t,##j]g8##j[l<#hY#iQdA"b~(gX$c#f?c.f>#kJ##iAk]#fA#f1c4 "bq@##jH$c%e3bTe>#f;#i6U#mGg6##uZq*##cHbk,##cGrJ##fWiY_f,#oU##g&#j[ !jX##!j;h,# !jY##!j:fL# !jZ##!j[fVfB "vDgS#gTpZ' +
  '##xBg<##uUz4##uVg0##xApZ##gS !E## "bl4gZ$d+iGdQhB#tB##xBbaX##cGy>##h7mP#hY#iMdA"beXgX$c#f?c.f>#lZ##iAm0#fA#f1c4 !F## !fD## "bj,cLfX##j?f_##gTbc>##gSf_##j@eT#cIbJdIfVb4eXc0iBy,#"bc]' +
  'cL#s.m>#bJg+b/eEc`fQc*bM !I## "}8kRb/#dO>R0o2l;h:#r#m]bGFe:d.j:gVgL#gTf)dQcQd1bSc^Kc@##k8g<##k7cA#d$Nd5bVdHcNgTf*gL#j:gUe;d-bFEr#m[h:#o2l<S/dK=b2##kQg:# "uP7gS#iScNcVd*f@b6e$eCiP#f' +
  '-#fYc:#c,$c0g;b_gN#c:##c@c<#g$#fUc##c%$bTeWc%e>#e/#fOb[bNc-fZb#c9cZiUcTgL#h)#i=d7#cS$c+eScQeBCf)9fMc[#c/$d1j/dW !jY## !jY##!j[gNfB !jX## "bd(uVnZ#bJg+bKgId/fUeScAe6#b[#Z.#cDM)b0#bU' +
  '#c1b(b^cDb^e]b^h4b<f:zH##xAg.# !Q## !L## !S## !fQ$# !T## !G## !X## !jZ## "bs#m4$cCe3d^h[c-f6#b6##dQg6##dRb6#f;#h[c0e/d]#cD$d_j9e<iD#b###d%g8##d$]#iI#j9e;"blHm0$g,m2#.##m=@#fU#g1d0"' +
  'k8m0$d)g1d/fT#@##m>6#g&#g&c` !]## "bt4cL#j?f_##gTbhJ##xBg<##uUz0##uVg0##uU "bdHi@f+Eg&;c:#h;#h3d%#d(#jZg8##jE$c&e9bSe@#f$#i,V#mHg8##xAg6# "fH##xBg<##uUq4##uVg0##uUq8##uVg0##xA "cb8' +
  'cL#j?f_##gTbtN##xBg<##uUpD##uVg0##uUpD##uVg0##uU "x0nFkP#hY#iQdA#d-$d+iGdQhF#r>##uZp6##cHvL#"bo,gX$c#f?c.f>#j_##iAk4#fA#f1c4 "bl4gZ$d+iGdQhB#tB##xBg<##j[mP#hY#iMdA"beXgX$c#f?c.f>#l' +
  'Z##iAm0#fA#f1c4"bs@##xBg<##xA "bl4gZ$d+iGdQhB#tB##xBg<##j[mP#hY#iMdA"beXgT$c#f?c0f>#lZ##i?m0#kM# "xTv2f&#h3c1bBb^f_b#c9cXk)c]hD#kQ#m-g9#fG$dOf;fAk7c^h*#o/#g*g0f0b6c5c7hMcCeX#h)#i^e' +
  'BHdVvR##cFvT#KdViGe0 "cfPlX$dMf7fCj`c^gJ#jW#lCf_Bf4jR##kYg:##xBg<##j[j]#YeXlAf<jD#k9#lIg9"b~0lX$e:i&f#h6#h?#i&e[#e=$e=i1f-h4#h=#i)e_ "d0#n8k,f7@g+dF#cH$d.iIdFi##w(##xAg6##jRoJ#m.jQ' +
  '"l@qP$c)fEc9f##p<##iLp*#f/#fGc+ !b)## "~]i:$d:e;d0eZ#f7#e[d1#d7$d1eId1f##f9#eMd*"vXr,h=#h$e9#e9$e;i7e7hZ#i/#hSf:#fF$cVbEe6d5d*f1c(hUb4mPX#cKn[Yi3bId7dE*dEbAc*gQc8 "sTs%gM#gMc7#c-$b' +
  'EdSc&dF7#+e53e9c-#bS$c=h7cQg:#oV##s%"kPc2hX#eI#dQb<#bF$bLd[b<eR#h>#"kPpR#f7h0#e5#dMb0#bB$b:d;b4e%# "w]s%#c-m.##pWf_##s% "|TpXk.#b/eCc`gOc*c;qD#"biLgSf:##gT|*##gSf>##j#e##cAc(dMhLbD' +
  'g*v@##pUeX# !b-## "tXh_W#c/0F,j2i5gJ#lPjXb+Bd*c4h.f<g4#e]d^c1bQc=bEc$GbD##hZg###hYb$#bI4bQXc1bDg@f2g4#h.f;d&c3b.AlTjWgJ#j2i6K+c+/V##h^f_# "p47fC#gGc*b>c,f4PbUcOgL#d1#dUbF#bD$d8l%##' +
  'c4f=#f)b<#b@$b2d7b>d%#c`#dOb1:b-f:8bEe6l##fI#gYcI#c)$bMeSc3d>+#$e)1f)c9#bU$cCh+cW "kDs%#jW6eGqLo@gD##s$fN##l#$H5c>(DqVoEg:##s% !h@##!j[dZ# "eHs%g###hYb$#bI4bQXc1bDgDf2g4#h.f;d+c3b*' +
  'AlPjWgJ#j2i6G+c//V##h^f_# "~(##pXm>#b`h3c+f)c?cGdGb1cV#bK#b>2#c,U+b@#bU#c5bVbUeBb0e<b@f<x]##s$ "{4#f*#kRpX1cG#b/#m&fR##s%j8#h8k`bQc;Dc9QcLbDc*h8l#j###s$fR##m(,bZ,b] "kPs%#hIq4##hJg' +
  '###s$f_##i2q2##i1f_##s% !b7## "bc4s%#s$f_##pXpB##pWf_##s% !b8## !b+## "b0s%}]##c-l>##pWf_##pXl># !bA## "bx4j*$eOg+eMf_#hC#cJd,.#1b=#b;#h$fJ##h%$bV,b**#bCbOe`bAdJ#g/#f`eH#eL$j>m0#dQ' +
  '#e^bAbDbI,#*cD#g_fL##g`*cG0#bEbPeUbBdT#g)#g)eE"j0j%$dOdId5d]#e9#e)d4,dF#<$dDd`d<e>#d`#dGd="br#j%$dJdGd:d_#d+#dCbCbSd+#cE#9)d9e)d-e4#e$#dMd< !b@## "kPs%#pUp]##pVg###pUeX##i`f:##gT|:' +
  '##s% "k(s%#gM$cMfD#dM#fDT#iHg###s$f_##hNcFAeW[e.#e3#eScF#c:#gV "eP##s%g###pUnL##pVg###pUnL##pVg###s$ "eP##s%g###pUnD##pVg###pUn@##pVg###pUeX##i`f:##gT "{(k<gU#h$c=#cK$cEh/cOgF#nF##' +
  'pXkZ##c.q]##hI"s@c,gP#e9#e$bD#bJ$bFdWb@e>#gN# "s8k<gY#h$c=#cK$cEh/cOgF#nJ##s%g###hI"kPc,gP#e9#e$bD#bJ$bFdWb@e:#gR#"bi8##s%g###s$ "s]k<gY#h$c=#cK$cEh/cOgF#o2##s%g###hI"kPc,h8#e9#e$b' +
  'D#bJ$bFdWb@e:#h:# "bXf4g(0EbSe=bOd8#e9#eQc]<d.nR##c0nT#3d,eCcReF#g`#b%d3g*2^cBh=cRfP#hM#i-eS#eC$eGi+eQhN#f[#hGd# "bs8j%$eOhSeIh>#h&#hCe<6e.h:##i1f_##s%g###hIh@#b)h_o##h^#h-eK"bm(j%' +
  '$dPd`d<eJ#eO#e3d?#dK$dIe1dAe@#eY#e-d@ "rXhJkBhIgN#l@hXi7V#e:$c@h1cBg]#o<##s$f_##hJ"{4p]hR#e7#d`bC#bE$bEdEbCe,#i@# !b-##!b(d6# !b-##!bOe,# "eP##u*e:##c0e<##c>g###c=k###c/j_##c?$`/c-' +
  '%-,#b^bRf=bJe0#fY#fEcY#d=#nG$cCd`c5d_#cC#bJ,#c8c()c9#bUb0#bP#mD$bZb;bXd/XcV#e/#f+c[#cA#j^ !h;##!b[dH# "sT7hO#i+eT#eF$eDi-eThL#fQ#h=cQ]cAg*1b&d4g_#eK#e?cQ2d+nP##c/nN#Ig)iX#d9#e=bNDb' +
  'Vg(/KcEhGd$ !b;## !b1## !jB##!bOW# !b2## "bp4k<gU#h$c=#cK$cEh/cOgF#o_##pXnJ#b`h3c+f)c?cGdGb1cV#bK#b>2#c,U+b@#bU#c5bVbUeBb0e<b@f<z,##hI"bg8c,i(#e9#e$bD#bJ$bFdWb@e>#i%# "bb4s%#hIhH#g' +
  'U#h$c=#cK$cEh/cOgF#nJ##i2o>##i1f_##s%g###hIo@##hJ"bb4c,gP#e9#e$bD#bJ$bFdWb@e>#gN# "kHo6b^bRf=bJe0#fY#fEcY#d=#l9f_##kR$bZb;bXd/XcV#e/#f+c[#cA#j^f_##u*e:##c0e<##c>g###c=k###c/j_##c?$' +
  '`/c-%- !hB##!b[f8# !h@##!b(cV# !bA##!j[d(# "eP##s%g###pUq4##pVg###s$l:##gSf>##gT "zTxB#gVg###j=tR##uWg:##x@ "kP#f_##s%pT##gNf<##iWp.# !1## !i.## !j]## !j]## "#hD#c4ci4##c3 "#hD#c4c' +
  'i4##c3 !j^## !b&#=!b&#d. "e4pX#c>$bJb1c>b@b,e##d+c5#c&c]##d3 !jM## "k]X$bQb3c9b6b)e%#d-c4#c*cZ##d4g@# "kPxB#d5cZ#$c&d,c3e*#b7b(b3c>#bN#c> "nHpX#c>$bHb1c@b<b,e(#d+c3#c)c]##d3"cDpX#c' +
  '>$bJb1c>b@b,e##d+c5#c&c]##d3 "u4v($bCb+c=bBb1d_#d-c4#c*cZ##d4g@#"j0v($bOb3c;b6b&e%#d-c4#c*cZ##d4g@# "u4X$bGb/c=b>b/d_#d-c4#c*cZ##d4g@#"j0X$bQb3c9b6b)e%#d-c4#c*cZ##d4g@# !i9Y#!i9e4#' +
  ' "vLqLNs^dV#Ns_lN=#cPlPAZg4h0#Zg3lPB#cO "qHqLl_=#cPm#ABg4fT#Bg3m(B#cOm%>VfAXf=m#>#cOl_BDg3fR#Dg4m%A#cPm(=Xf> "v0l:$bWf;cSdZ#dS#f7cR#bZ$b]f=cJdP#dY#fAcK    "bwD##dLg@##dK"bb###dLg<#' +
  '#dK"j4##dLgD##dK "k,#f*#baPxBf0#"lXxNf$#eUd&#c^$c`f&d)eV#e[#e[d,#c_$d%eUd#"qPrL$c2c/c#cJ#cS#c7b`#c1$c/cAb`cH#cE#c=c("beTl]f$#eUd$#c^$c`f&d)eV#e[#e[d,#c_$d#eUd#"bjLf]$c0c/c#cJ#cS#c7' +
  'b^#c1$c/cAc$cH#cE#c=c("b{Ll]f$#eQd$#c^$c`f&d)eR#e[#e`d,#c_$d#eYd#"cbDf]$c0c3c#cF#cS#c7b^#c1$c/c=c$cL#cA#cAc( "ca(qVdH##cEf*#c.dUh8##cGiR#e>hUhF#e2hVm>#e6hUhF#e>hViR##cHh4#c.dVf%##c' +
  'FdH#dRgLgH#dHgKoL#dPgLg(#dPgKoH#dHgLgH#"bmLk>hH#c(dVlR#"o<k>hD#c,dVlR#"|@k>jH#c%dVf:#"bsXhVeR#c<f$"uDhVeN#c8f$"bc8u*bFd3d,# "xDu@fQ#g=bQd$dY#d9#e;g*##e0$cFbKcJdSb0dN#l*##rIg.##u@"t' +
  '4##m.g,##j7l8#dQ#dQb0bIcN#cB#l2g0##l=$d;d&dYg;bOfN# "wDj@b+b1dGb$cV#jC##g6$d2e^d2eL#cY#dEb&b,b+(#%Z#cVd_##bDe###bNe0##bMd(##bCd%##l?$bK,[d_#/<#bJ"jTnF$cCcMc1d4#dQ#d)c<#cD$c<d&c4dJ#' +
  'd3#cOc5"f@f>x]##bCxZ# "x(c*d9#e$bL@bDg,1`cGh3cSfR#h3#i;e:_e8fN#b8c.e##%b6(b>f6#b8c*e8#b)e6i5e.h4#fY#h5cSb#cEg.1?bBd`bLdB#eO#f&cYJd+oX#b6c)nR#&;#b$$K,Ip(#b6c-n>#Qd1f=d$ "bh,i(}*#?K#' +
  'b+$b`f=c7e@#eA#f=c2Pc*fPIc3f^o*#h;#iCdP#d0$T0Lc%##cBdX#b9b%f$bDf@Vc48rZ##cBz]#IN#b*$bXeGc*e%#dK#eCb`FbUg%Fb9c_g^cJg@#h$#i$d;#d/$Q6OeH##cAgV#b7Qe;b/f*MdOAc6Ex<# "x]3jK:kSg>#f8$f6kYg' +
  '4jH:#c8e,##c7nQ7e@f=f_`b?bVg7c.e:.#sYiU:eLeBf0b5cOcUjCd+g:/#d1e*#"j]lX$d[hIf)g<=#sRgG9h;eY   !X##"b8qP#c:bi]##c9 "d<v*#c<be,##c;"d<pD#c<be,##c;"k]xBv-##gQg*#$e:o_#"bc(qP$h-x.##c:r)' +
  '##eT"iXl]i0#r(l[i.# "lH##xBg,##xA"cPjF#cP|8eR#cO"cPo8#cP|8eR#cO"rPcFpQ##iNg,#$l3vV#   !T##"LeR#c<}L##c; "bf<#x_tV0e1#pGf6##xBgP#y4t^3cL#bZ#p<f<##xA"cjTlB$d+fWd9fR#fG#f[d8#d.$d.f^d8' +
  'fP#lE#"ceDlB$c@cSc.d:#d;#c[c/#c=$c;c^c1d,#dA#d$c*"bs###c>v,##c= "b{<kF#k8696ChJj=dF#f>gZcBd>%7#5#jMe2##m]g8#h<j;DMc@d0fHgZg,##m["t4vJ#l&e>##l(iB##bXvL##bW "v<e_bYb+c(c-c:#e/cBeRb0#' +
  'HeUb2e0c@c<#c&c-bVb)bc]##b= "pLp@c3[e6b$#b0f$c*c<c<b0#cAc;e]c)#b/e7b%c.]#q?cV# "bq]g<b[b*c%c.c<#e5c?ePb1#GeOb/e2cAc:#c)c.b]b,bc_##b> "sDcNc1_e8b%#b/e[c+c>c9b.#c;c:e_c,#b0e9b$c4^#qB' +
  'cX# "v<e_bYb+c(c-c:#e/cBeRb0#HeUb2e0c@c<#c&c-bVb)zD#b[b*c%c.c<#e5c?ePb1#GeOb/e2cAc:#c)c.b]b, "pLp@c3[e6b$#b0f$c*c<c<b0#cAc;e]c)#b/e7b%c.]#mQc1_e8b%#b/e[c+c>c9b.#c;c:e_c,#b0e9b$c4^ ' +
  '"y(jL/b?bFc3bNXEd4bJcDX>f)UgD4bPWeCScZ)x4lKb_` "bm,kNc[*eBTbPXgE3f(VX=bKcCDd3bNWbGc4.b@x6lIb_b# "bo0bL1b@bHc4bPWCd3bLcCV=f&VgB3bNXeETc]*x2lLc#b# "{,Jc^)eDSbNWgC4f%UV>bMcDBd4bPXbIc3' +
  '0b?x8lJc#` "d<k,#c>bd,##c= "{]mJc3#eWPc:>e?PcR#c&#dSGc:W#c<dUb<f##d=#e<QdMKdYCb@#e9#dTbF#cAb[MdWI"{]fHc3#eWPc:>e?TcR#c/#dWMc.Q#c8dQb<f(#bQ#e1=e8Qb)/e$Cb@#e9#dTbD#c?c/QdOG "o]fPf%eS' +
  'eR#f#eThV##c@k8#g8g(qJ##c@t(#f,eXeT#f%eWj0##c?lJ#g6g&s###c? "d8p]#c@bd0##c?"d8e(#c@bd0##c?"d8k##c@bd0##c? "d8k##c@p8#c]d@s2##c@u8#e,eZeT#e*eYi(##c?k*#cZd?n(##c?p*#cZd?s(##c?u*#dZeI' +
  'eV#d]eJi.##c@k4#c]d@  "c0kD#d<bd,gH#cE}FfO}HfO#cE"c,##c>bd,##c= "c0d]#cF}HfP}FfP#cFbd,gG#d;"c0##c>bd,##c= "nT#u#t_t]t^        "n<t]bkTk-bkRk/  "bxPtDtZt^t_t_ "g4h>#dLg@##dK "iZ#eZ#' +
  '~<xBeT# "vTlV#d&dF##d(o%##b8nLj,e###j)e,##b9"s0u87;b*OhFf)b*O6-kD# "nXzBk6dJ#@g]#h0dQ#7 "c<zB#8h4dRgX##?k6dI "w(zV#7d>#h6c8%#hNc7d>##8hTe#gT# "q<zBb;#cSJcGPc7Jb%#bS#bSb$6^c_#9bNbIb' +
  'RcQb#c(#bA#cUGcIQc9Gb##d9#Db_d(#Cc?d7b` "oLzB#d(f<##d&"bDzB#d(f@##d& "rXxB$bKeOc9d6#d7#eOc:#bL$bNeQc8d8#d5#eUc9"o4xB$]cGb6bV#b[#cGb5#[$YcEb9c##b^#cEb8 "w(u:#7d>#h6cT%#hNcSd>##8hTeB' +
  'gT# "q<u%b;#cSHcGRc7Hb%#bS#bSb$6[c_#9bNbIbPcQb%c(#bA#cUIcIOc9Ib##d9#Dc#d(#Cc?d7b` "g@##s%g###s$ "u#uHs2##c,s4# "k4zBe;#g&c6FbXd]#EYdM`d##d)#dEb%HXdX#KbYf`c3 "j]u%e;#g&cVFc6dX#^cCg8' +
  '#g1#]cDd]#Oc9f[cQ "o8gKc&=cB#dC#dCbN#b<$b.c^c0c4Je<#S1bOOb?`Wb-#I$MbISbD#bU#c#< "f0vX#cXg###cW "oHzBgR#hRe##8d@#hPc5(#h8c6d@##7 "oHu%gR#hReB#8d@#hPcU(#h8cVd@##7 "kXvP$b?b?b[b6SdZ#d' +
  '-bL#bBcZ##cTgD# "k]d/$b?b?bQb6SdV#bATbMb>#RcZ##cHg@# "e8v_$b>bAb_b8Rd]#d+bK#bAc]##cQgB# "k]v($bOb3c;b6b&e%#d-c4#c(cZ##d6g@# "b(zB#8gHdTgX##Ak6dI"mLzB#8gDdTg]##Ak6dI "Pu%#8h4eRgX##?' +
  'k_eI"m8u%#8h0eRg]##?k_eI "gXu6#Fc4eXg]##IgNeS "zDxVk)#lIfE#eY$d9h/fKgZbYcL(e4*i,##cGtJ##dPg$bHg1eP#d($dXh[e2h.#h3#h[e1#dW$d$g1eQg#bG#dOtF##cHi,#e0)cP&g[bXh/fN#d:$eZlEfF "gL#`Db&c4#' +
  'b,#o*g###o1$b)b=c$b4K "i8u##Fc8g,g0##If_g&"b#uD#cXf###cW"qPuD#cXf###cW "},d_c+c3fSc$e%#gS#g?eH#eL$ePh5eNg]#e1#g$c1b@b`(#Ub_bLb]g4#bKbQcSf)2bI-cKc$f+bDbOg%#Sb%b/c:*F"j0j%$dMdUd7e<#e' +
  '$#fAdVXd4[dDf&dDd_#eC#d`d9 "p0bZc^#fEbBc#b0d@bKcKbIh3bIe:#f`#g?cR#cB$bVf$c@dT.#%dC0e+c4#bL$c.gQcJfD#i9#e0d&e2b?d&c6f.#c`#d/b;#b1$bCf1b;gP##c3f+#f&IcKb=#b3$b=dEbI "|Dh&#sB$bTb;b_d&X' +
  'c_#e7#e`c^#cI#k?f_##o0$c%b.bTfL#IIMbQ#K,#c)bXf=bDe(#f^#fAc[#d;#t) "be(jD$eYhSe^hJ#h?#gKdD#dT#l%g###l+$c=d^c?e@#eY#e1d>#e%$c,c7f%b>b<g4#bQb^b^eG "fHxBg<##k7cA#d$Nd5bVdHcNgTf*gL#j:gU' +
  'e;d-bFEr#m[h:#o2l<S/dK=b2##kQg:# "fH##xBfP##p;$bY2cKz#t_h<##xAfJ##pH$c%0c0yNtU "l(7c&#e?JbBDcLc<d-^c<#bQ#c5Jc9bHd<d*t%pZh4#o]n&mTn(gX#t2s/cScKdCc$e/[ "l8u#lW#6f8f@#=d5g8#g=#<d6f@#;' +
  'f7 "#hD#c4bh]##c3 "g###yPf@##yO"qP##yPfD##yO'
