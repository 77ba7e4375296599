package ask
import ("testing";"fmt")
func TestZZ(t *testing.T){
 r,c:=newTestReader(t),onTuesday()
 all:=readUtterances(t,"/tmp/dev2.tsv"); n:=0
 for _,u:=range all { g:=r.Read(u.text,c); if u.right(g){n++;continue}; x:="";if u.harmful(g){x="HARM"}; q,_:=normalise(u.text,nil); s:="";for _,k:=range r.chain(q,c){s+=string(q[k.start:k.end]);if k.unknown(){s+="?"}; if k.word!=nil{s+=":"+k.word.concept}; s+=" "}
  p:="" ;if g.Top!=nil{p=fmt.Sprint(*g.Top)}
  fmt.Println(u.text,"|",x,g.Meaning,g.Period,g.Grid,g.Community,p,g.Sure,"| want",u.want.Meaning,u.want.Period,u.want.Grid,u.want.Community,"|",s)}
 fmt.Println(n,len(all))
}
